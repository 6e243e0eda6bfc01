import { settleCaptions } from '../../../lib/flows/stage/captions.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { crossedSteps } from '../../support/budget.ts';
import { crossAt, prepareCrossing } from '../../support/crossing.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { type Latency, laggingWires } from '../../support/stage/latency.ts';
import { LEASE_IS_OVER_MS, useWorld } from '../support.ts';

const chime = useWorld();
let latency: Latency;
beforeAll(() => {
  prepareCrossing();
  latency = laggingWires();
});

const GERMAN = { languageCode: 'de-DE' } as const;
const FRENCH = { languageCode: 'fr-FR' } as const;
/** More requests than any of these works sends. */
const MOST = 60;

async function show({ isOpen = true } = {}) {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  const other = chime.person(name, 'pia', { role: 'presenter' });
  await host.create({});
  if (isOpen) await host.seat();
  const primary = () => chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId === null);
  /** The language that Chime transcribes, if any. */
  const atChime = () => primary()?.transcription.configuration?.EngineTranscribeSettings?.LanguageCode;
  const wish = async () => (await freshTopology(name, chime.now()))?.captions?.settings?.languageCode;
  /** What Chime transcribes and what hosts want, once Chime was asked again, as the reconciler does. */
  const afterwards = async () => {
    chime.pass(LEASE_IS_OVER_MS);
    const topology = await freshTopology(name, chime.now());
    if (topology) await settleCaptions(topology, chime.call('reconcile', { role: 'host' }));
    return { atChime: atChime(), wish: await wish() };
  };
  return { name, host, other, atChime, wish, afterwards };
}
type Show = Awaited<ReturnType<typeof show>>;

/** The status of an answer, or the code of a refusal. */
const told = (answer: Promise<{ status: number }>): Promise<string> =>
  answer.then(
    ({ status }) => `${status}`,
    (error: { code: string }) => error.code,
  );

/** Plays the crossing at each request of the work, each time with a new meeting. */
async function atEachStep(
  begin: () => Promise<Show>,
  work: (show: Show) => Promise<string>,
  {
    other,
    check,
  }: { other: (show: Show) => Promise<string>; check: (show: Show, told: Told) => Promise<void> },
): Promise<number> {
  for (const n of crossedSteps(MOST)) {
    const one = await begin();
    const crossing = await crossAt(
      n,
      () => work(one),
      () => other(one),
    );
    if (crossing.other === undefined) return n - 1;
    if (crossing.other.status === 'rejected') throw crossing.other.reason;
    await check(one, { work: crossing.work, other: crossing.other.value });
  }
  throw new Error('the work has more requests than expected');
}
interface Told {
  work: string;
  other: string;
}

const stop = ({ host }: Show) => told(host.stopCaptions());
const start = ({ other }: Show) => told(other.setCaptions(GERMAN));
const change = ({ host }: Show) => told(host.setCaptions(FRENCH));
const open = ({ host }: Show) => told(host.join());

const withGerman = async (isOpen: boolean) => {
  const one = await show({ isOpen });
  await one.host.setCaptions(GERMAN);
  return one;
};

describe('a stop of captions', () => {
  it.each([
    ['a start', () => show(), start],
    ['a change', () => withGerman(true), change],
  ])('that crosses %s at any step leaves on at Chime what was wanted last', async (_, begin, work) => {
    const check = async (one: Show) => {
      const { atChime, wish } = await one.afterwards();
      expect(atChime).toBe(wish);
    };
    expect(await atEachStep(begin, work, { other: stop, check })).toBeGreaterThan(5);
    expect(await atEachStep(begin, stop, { other: work, check })).toBeGreaterThan(1);
  });

  it('that is answered 204 while the primary is being opened leaves no captions on', async () => {
    const check = async (one: Show, answers: Told) => {
      if (answers.work === '204') expect(one.atChime()).toBeUndefined();
      expect(await one.afterwards()).toEqual({ atChime: undefined, wish: undefined });
    };
    const begin = () => withGerman(false);
    expect(await atEachStep(begin, stop, { other: open, check })).toBeGreaterThan(2);
    const whileOpening = {
      other: stop,
      check: (one: Show, { work, other }: Told) => check(one, { work: other, other: work }),
    };
    expect(await atEachStep(begin, open, whileOpening)).toBeGreaterThan(10);
  });

  it.each(['request', 'answer'] as const)(
    'is refused while the %s of a slow start is under way, and has its effect after it',
    async (at) => {
      const { host, other, atChime } = await show();
      const gate = latency.hold({ operation: 'StartMeetingTranscription', at });
      const starting = other.setCaptions(GERMAN);
      await gate.reached;
      expect(await refusalOf(host.stopCaptions())).toBe('TOO_MANY_REQUESTS');
      gate.open();
      expect((await starting).status).toBe(200);
      expect(atChime()).toBe('de-DE');
      expect(await host.stopCaptions()).toEqual({ status: 204 });
      expect(atChime()).toBeUndefined();
    },
  );
});

describe('a change of captions', () => {
  it('that crosses a start at any step leaves on at Chime what was wanted last', async () => {
    const check = async (one: Show) => {
      const { atChime, wish } = await one.afterwards();
      expect(wish).toBeDefined();
      expect(atChime).toBe(wish);
    };
    expect(await atEachStep(() => show(), start, { other: change, check })).toBeGreaterThan(5);
    expect(await atEachStep(() => show(), change, { other: start, check })).toBeGreaterThan(5);
  });

  it('that crosses the opening of the primary is asked of Chime without the reconciler', async () => {
    const check = async (one: Show) => expect(one.atChime()).toBe('fr-FR');
    const begin = () => show({ isOpen: false });
    expect(await atEachStep(begin, change, { other: open, check })).toBeGreaterThan(2);
  });
});
