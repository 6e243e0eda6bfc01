import { bundled, entriesOfFunctions, packagedWith, sourcesIn } from '../../bench/cold-start/bundle.ts';

const textOf = (entry: string) => Buffer.from(bundled(entry)).toString();
const entries = new Map(entriesOfFunctions());
const join = entries.get('joinMeeting') as string;

/** Bytes, minified. What a join costs at a cold start is what Node must read and run before it. A join may open a primary, and start captions. */
const JOIN_AT_MOST = 399_500;
/** What is around every flow. The SDK would add more than 200,000. */
const HEALTH_AT_MOST = 42_000;

describe('the bundle', () => {
  it('of joinMeeting is small enough to start fast', () => {
    expect(bundled(join).length).toBeLessThan(JOIN_AT_MOST);
  });

  it('of a function without AWS calls holds no SDK', () => {
    expect(bundled(entries.get('health') as string).length).toBeLessThan(HEALTH_AT_MOST);
  });

  it('of joinMeeting constructs no schema but those of its own request', () => {
    const schemas = sourcesIn([join])
      .get(join)
      ?.filter((file) => file.startsWith('lib/contract/'));
    expect(schemas?.sort()).toEqual([
      'lib/contract/ids.ts',
      'lib/contract/media.ts',
      'lib/contract/requests/join.ts',
      'lib/contract/routes/seats.ts',
    ]);
  });

  it('of every function but openapi leaves the schemas of answers out', () => {
    const bundles = [...sourcesIn([...entries.values()])];
    const holders = bundles.filter(([, files]) =>
      files.some((file) => file.startsWith('lib/contract/answers/')),
    );
    expect(bundles.length).toBe(entries.size);
    expect(holders.map(([entry]) => entry)).toEqual([entries.get('openapi')]);
  });

  it('needs only Node and the packages that are left out on purpose', () => {
    const { external = [] } = packagedWith();
    const asked = [...textOf(join).matchAll(/\b(?:require|import)\("([^"]+)"\)/g)].map(
      ([, name]) => name ?? '',
    );
    const strangers = asked.filter((name) => !name.startsWith('node:') && !external.includes(name));
    expect(asked).toContain('node:https');
    expect(strangers).toEqual([]);
  });

  it('loads omitted packages only on use, and no function uses them', () => {
    const { external = [] } = packagedWith();
    const required = [...textOf(join).matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name ?? '');
    expect(required.filter((name) => external.includes(name))).toEqual([]);
  });
});
