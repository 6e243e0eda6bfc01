import { bundled, entriesOfFunctions, packagedWith } from '../../bench/cold-start/bundle.ts';

const textOf = (entry: string) => Buffer.from(bundled(entry)).toString();
const entries = new Map(entriesOfFunctions());
const join = entries.get('joinMeeting') as string;

/** Bytes, minified. What a join costs at a cold start is what Node must read and run before it. A join may open a primary, and start captions. */
const JOIN_AT_MOST = 415_000;
/** The contract's schemas are in every bundle, and grow with the routes. The SDK would add more than 200,000. */
const HEALTH_AT_MOST = 95_000;

describe('the bundle', () => {
  it('of joinMeeting is small enough to start fast', () => {
    expect(bundled(join).length).toBeLessThan(JOIN_AT_MOST);
  });

  it('of a function without AWS calls holds no SDK', () => {
    expect(bundled(entries.get('health') as string).length).toBeLessThan(HEALTH_AT_MOST);
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
