import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { invariantViolations } from '../../races/audit.ts';
import { reconcileMeeting } from '../../reconcile/one-name.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { atOnce, useWorld } from '../support.ts';

const chime = useWorld();
const PAUSE_MS = 15_000;
/** Longer than a few joins take. */
const SOME_MS = 10_000;
const FIVE = { Attendee: { MaxCount: 5 } };

function pass(ms: number) {
  chime.pass(ms);
}

async function aStage(options: object = {}) {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  await host.create({ meetingFeatures: FIVE, ...options });
  await host.seat();
  return { name, host, viewer: (k: number) => chime.person(name, `viewer-${k}`) };
}

const limitOf = async (name: string) => (await freshTopology(name, chime.now()))?.learnedLimit;
const allMeetings = () => chime.world.emulator.state.live.size;

describe('the account’s quota of meetings, reached for a moment', () => {
  it('refuses viewers only until its pause is over, without news from another meeting', async () => {
    const { name, viewer } = await aStage();
    chime.chimeWill({ concurrentMeetings: allMeetings() });
    expect(await refusalOf(viewer(0).join())).toBe('MEETING_FULL');
    expect(await limitOf(name)).toMatchObject({ replicas: 0, of: 'account', refusals: 1 });
    chime.chimeWill({ concurrentMeetings: 250 });
    expect(await refusalOf(viewer(0).join())).toBe('MEETING_FULL');
    pass(PAUSE_MS);
    expect((await viewer(0).seat()).placement.kind).toBe('replica');
    expect(await limitOf(name)).toBeUndefined();
    expect(await invariantViolations(chime.world, name)).toEqual([]);
  });

  it('is tested once in a pause, for any number of viewers, and more seldom each time', async () => {
    const { name, viewer } = await aStage();
    chime.chimeWill({ concurrentMeetings: allMeetings() });
    const askedBy = async (crowd: number) => {
      const before = chime.callsOf('CreateMeeting');
      await atOnce(crowd, (k) =>
        viewer(k)
          .join()
          .catch(() => undefined),
      );
      return chime.callsOf('CreateMeeting') - before;
    };
    expect(await askedBy(1)).toBe(1);
    for (const pauses of [1, 2, 4]) {
      pass(pauses * PAUSE_MS - SOME_MS);
      expect(await askedBy(8)).toBe(0);
      pass(SOME_MS);
      expect(await askedBy(8)).toBe(1);
    }
    expect(await limitOf(name)).toMatchObject({ refusals: 4 });
  });

  it('is tested by the reconciler too, for the replicas of a forecast', async () => {
    const { name, host } = await aStage();
    chime.chimeWill({ concurrentMeetings: allMeetings() });
    await host.provision({ 'us-east-1': 10 });
    chime.chimeWill({ concurrentMeetings: 250 });
    pass(PAUSE_MS);
    await reconcileMeeting(name, chime.call('the-reconcile'));
    expect(chime.live(name)).toHaveLength(3);
  });
});

describe('the primary’s limit of replicas', () => {
  it('is distinguished from the account’s, and tested again after the pause', async () => {
    chime.chimeWill({ replicasPerPrimary: 1 });
    const { name, viewer } = await aStage();
    for (let k = 0; k < 5; k++) await viewer(k).seat();
    expect(await refusalOf(viewer(5).join())).toBe('MEETING_FULL');
    expect(await limitOf(name)).toMatchObject({ replicas: 1, of: 'primary', refusals: 1 });
    chime.chimeWill({ replicasPerPrimary: 2 });
    pass(PAUSE_MS);
    expect((await viewer(5).seat()).placement.kind).toBe('replica');
    expect(await limitOf(name)).toBeUndefined();
  });
});
