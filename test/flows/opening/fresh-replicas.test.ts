import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { quotaKey } from '../../../lib/store/keys.ts';
import { reservePermit } from '../../../lib/store/quota.ts';
import { TableName, table } from '../../../lib/store/table.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { LOCAL_REGION } from '../../../local/environment.ts';
import { invariantViolations } from '../../races/audit.ts';
import { reconcileMeeting } from '../../reconcile/one-name.ts';
import { person, uniqueMeetingId } from '../../support/people.ts';
import { type Latency, laggingWires } from '../../support/stage/latency.ts';
import { namesIn, useWorld } from '../support.ts';

const chime = useWorld();
/** For this long Chime may not find a new meeting, on the clocks of any two machines (milliseconds). */
const SURELY_GONE_MS = 7000;
const AGE_MS = 61_000;
const NOT_FOUND_FOR_LONG = { freshMeetingNotFoundMs: 60_000 };
let latency: Latency;
beforeAll(() => {
  latency = laggingWires();
});

const { pass } = chime;

/** A meeting whose primary Chime finds. */
async function aStage(olderByMs = AGE_MS) {
  const name = uniqueMeetingId();
  await chime.person(name, 'the-host', { role: 'host' }).seat();
  chime.passAtChime(olderByMs);
  if (olderByMs > 0) pass(olderByMs);
  return { name, viewer: (k: number) => chime.person(name, `viewer-${k}`) };
}

const topologyOf = async (name: string) => (await freshTopology(name, chime.now())) as Topology;
const replicas = (name: string) => chime.live(name).filter(({ primaryMeetingId }) => primaryMeetingId);
const reconcile = (name: string) => reconcileMeeting(name, chime.call('the-reconcile'));

describe('a replica that Chime does not find at first', () => {
  it('is opened, and no other', async () => {
    const { name, viewer } = await aStage();
    chime.chimeWill({ freshMeetingNotFoundMs: 1500 });
    for (let k = 0; k < 4; k++) expect((await viewer(k).seat()).placement.ordinal).toBe(0);
    expect(replicas(name)).toHaveLength(1);
    expect(await invariantViolations(chime.world, name)).toEqual([]);
  });

  it('is left to the next viewer, who finishes it once Chime finds it', async () => {
    const { name, viewer } = await aStage();
    chime.chimeWill(NOT_FOUND_FOR_LONG);
    expect((await viewer(0).join()).status).toBe(202);
    expect((await topologyOf(name)).replicas).toMatchObject([{ ordinal: 0, state: 'claimed' }]);
    pass(SURELY_GONE_MS - 5000);
    expect((await viewer(1).join()).status).toBe(202);
    chime.chimeWill({ freshMeetingNotFoundMs: 0 });
    expect((await viewer(2).seat()).placement.ordinal).toBe(0);
    expect((await topologyOf(name)).replicas[0]?.goneSince).toBeUndefined();
    expect(replicas(name)).toHaveLength(1);
  });

  it('is abandoned where Chime still does not find it long after, and deleted at Chime', async () => {
    const { name, viewer } = await aStage();
    chime.chimeWill(NOT_FOUND_FOR_LONG);
    await viewer(0).join();
    pass(SURELY_GONE_MS);
    await viewer(1).join();
    expect((await topologyOf(name)).replicas.map(({ ordinal }) => ordinal)).not.toContain(0);
    chime.chimeWill({ freshMeetingNotFoundMs: 0 });
    expect((await viewer(2).seat()).placement.ordinal).toBeGreaterThan(0);
    pass(AGE_MS);
    await reconcile(name);
    expect(replicas(name)).toHaveLength(1);
    expect(await invariantViolations(chime.world, name)).toEqual([]);
  });
});

describe('a primary that Chime does not find at first', () => {
  it('causes no cool-down of the media region of its first replica', async () => {
    const { name } = await aStage(0);
    const early = person(name, 'early', { later: -1500 });
    chime.chimeWill(NOT_FOUND_FOR_LONG);
    const gate = latency.hold({ operation: 'GetMeeting', at: 'request' });
    const joining = early.join({ mediaRegion: 'us-east-1' });
    await gate.reached;
    chime.chimeWill({ freshMeetingNotFoundMs: 0 });
    gate.open();
    expect((await joining).status).toBe(202);
    expect((await topologyOf(name)).coolDowns).toBeUndefined();
    expect((await early.seat({ mediaRegion: 'us-east-1' })).placement.mediaRegion).toBe('us-east-1');
  });
});

describe('a primary that was published without a permit to look for it', () => {
  /** Chime does not find the primary, and the request that opens it has no permit to ask for it. */
  async function unproven() {
    const name = uniqueMeetingId();
    chime.chimeWill(NOT_FOUND_FOR_LONG);
    await reservePermit('GetMeeting', { now: chime.call('another').now() + AGE_MS, maxWaitMs: 0 });
    await chime.person(name, 'the-host', { role: 'host' }).seat();
    const Key = quotaKey(LOCAL_REGION, 'GetMeeting');
    await table().send(new DeleteCommand({ TableName: TableName(), Key }));
    pass(2500);
    return { name, ann: chime.person(name, 'ann', { role: 'presenter' }) };
  }

  it('stays the primary while Chime may not find it for being new', async () => {
    const { name, ann } = await unproven();
    expect((await ann.join()).status).toBe(202);
    chime.chimeWill({ freshMeetingNotFoundMs: 0 });
    expect((await ann.seat()).epoch).toBe(1);
    expect(chime.live(name)).toHaveLength(1);
  });

  it('is deleted at its end, though Chime does not find it at first', async () => {
    const { name } = await unproven();
    chime.chimeWill({ freshMeetingNotFoundMs: 1500 });
    expect((await chime.person(name, 'the-host', { role: 'host' }).end()).status).toBe(204);
    expect(chime.live(name)).toEqual([]);
  });

  it('has no attendee of a removed presenter, though Chime does not find it at first', async () => {
    const { name, ann } = await unproven();
    chime.chimeWill({ freshMeetingNotFoundMs: 0 });
    await ann.seat();
    chime.chimeWill({ freshMeetingNotFoundMs: 1500 });
    expect((await chime.person(name, 'the-host', { role: 'host' }).remove('ann')).status).toBe(204);
    expect(namesIn(chime.live(name)[0])).toEqual(['the-host']);
  });

  it('is dead once Chime does not find it for longer than a new meeting may take', async () => {
    const { name, ann } = await unproven();
    chime.kill(chime.live(name)[0]);
    chime.chimeWill({ freshMeetingNotFoundMs: 0 });
    expect((await ann.join()).status).toBe(202);
    pass(SURELY_GONE_MS);
    expect((await ann.seat()).epoch).toBe(2);
  });
});

describe('a replica that the reconciler does not find', () => {
  it('stays while it is new', async () => {
    const { name, viewer } = await aStage();
    await viewer(0).seat();
    chime.chimeWill(NOT_FOUND_FOR_LONG);
    await reconcile(name);
    expect((await topologyOf(name)).replicas).toMatchObject([{ ordinal: 0, state: 'open' }]);
  });

  it('is retired later, and its viewers get another seat', async () => {
    const { name, viewer } = await aStage();
    await viewer(0).seat();
    chime.kill(replicas(name)[0]);
    pass(SURELY_GONE_MS);
    await reconcile(name);
    expect((await topologyOf(name)).replicas).toEqual([]);
    expect((await viewer(0).seat()).placement.ordinal).toBe(1);
  });
});
