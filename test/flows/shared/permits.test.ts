import type { OperationName } from '../../../emulator/operation-names.ts';
import type { RequestContext } from '../../../lib/context.ts';
import {
  type ChimeMeeting,
  type LiveTopology,
  primaryMeetingId,
} from '../../../lib/domain/meeting/topology.ts';
import { unlessAlive } from '../../../lib/flows/epoch/verify-primary.ts';
import { mintSeats } from '../../../lib/flows/seats/mint.ts';
import { onlyAttendee } from '../../../lib/flows/seats/only-attendee.ts';
import { discardUnpublished } from '../../../lib/flows/shared/leftovers.ts';
import { makeAttendee } from '../../../lib/flows/stage/attendee.ts';
import { recordAttendee } from '../../../lib/flows/stage/occupy-place.ts';
import { reservePermit } from '../../../lib/store/quota.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { reconcileStage } from '../../reconcile/one-name.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { namesIn, useWorld } from '../support.ts';

const chime = useWorld({ CHIME_RATE_PER_SECOND: '10', CHIME_BURST: '20' });
const HOUR_MS = 3_600_000;
const { now, pass } = chime;
const callNow = (): RequestContext => chime.call('ida', { role: 'host' });
const hostOf = (name: string) => chime.person(name, 'the-host', { role: 'host' });
const presenter = (name: string, user: string) => chime.person(name, user, { role: 'presenter' });
const topologyOf = async (name: string) => (await freshTopology(name, now())) as LiveTopology;
const primaryOf = (name: string) =>
  chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId === null);

/** Other requests have reserved the quota of an operation, for longer than any request waits. */
const speakFor = (operation: OperationName) =>
  reservePermit(operation, { now: now() + HOUR_MS, maxWaitMs: 0 });
afterEach(() => pass(2 * HOUR_MS));

interface Stage {
  name: string;
  topology: LiveTopology;
  primary: string;
  Meeting: ChimeMeeting;
}

async function aStage(): Promise<Stage> {
  const name = uniqueMeetingId();
  const { Meeting } = await hostOf(name).seat();
  const topology = await topologyOf(name);
  return { name, topology, primary: primaryMeetingId(topology) as string, Meeting };
}

/** Bob is leaving the stage, and the request that removes him has released its lease. */
async function halfLeft(name: string): Promise<void> {
  const bob = presenter(name, 'bob');
  await bob.seat();
  chime.strike('DeleteAttendee', 'error-500', 3);
  await refusalOf(bob.leave());
}

const first = { ExternalUserId: 'bob' };
const lease = { owner: 'somebody', until: 0 };
const Attendee = { AttendeeId: 'a-lost-one', ExternalUserId: 'bob', JoinToken: 'its' };
const only = ({ Meeting }: Stage) =>
  onlyAttendee({ Meeting, attendees: [] }, { first, isNew: false }, callNow());

interface Asking {
  what: string;
  operation: OperationName;
  ask: (stage: Stage) => Promise<unknown>;
  before?: (stage: Stage) => Promise<unknown>;
}

const ASKING: Asking[] = [
  { what: 'ending a meeting', operation: 'DeleteMeeting', ask: ({ name }) => hostOf(name).end() },
  {
    what: 'deleting a meeting that could not be published',
    operation: 'DeleteMeeting',
    before: ({ name }) => hostOf(name).end(),
    ask: ({ topology, primary: meetingId }) =>
      discardUnpublished(topology, { place: 'primary', mediaRegion: 'us-east-1', meetingId }, callNow()),
  },
  { what: 'looking who is in a primary that was taken over', operation: 'ListAttendees', ask: only },
  { what: 'clearing it of strangers', operation: 'DeleteAttendee', ask: only },
  { what: 'making the one attendee of it', operation: 'CreateAttendee', ask: only },
  {
    what: 'looking for an attendee to adopt',
    operation: 'ListAttendees',
    ask: ({ primary }) => makeAttendee(primary, { first, adopt: true }, callNow()),
  },
  {
    what: 'deleting an attendee without a holder',
    operation: 'DeleteAttendee',
    ask: ({ topology }) => {
      const caller = { externalUserId: 'bob', role: 'presenter' as const };
      const subject = { topology, caller, knownEpoch: topology.epoch };
      return recordAttendee(subject, { lease, Attendee, promoted: false }, callNow());
    },
  },
  {
    what: 'looking for seats that exist',
    operation: 'ListAttendees',
    ask: ({ primary }) => mintSeats(primary, { from: 0, seats: 1, lookFirst: true }, callNow()),
  },
  {
    what: 'asking whether the primary lives',
    operation: 'GetMeeting',
    ask: ({ topology }) => unlessAlive(topology, callNow()),
  },
  {
    what: 'finishing in the reconciler what a leaver began',
    operation: 'DeleteAttendee',
    before: ({ name }) => halfLeft(name),
    ask: ({ topology }) => reconcileStage(topology, callNow()),
  },
];

describe('where the quota is reserved by other requests', () => {
  it.each(ASKING)('$what does not ask Chime for $operation', async ({ operation, ask, before }) => {
    const stage = await aStage();
    await before?.(stage);
    await speakFor(operation);
    const asked = chime.callsOf(operation);
    await ask(stage).catch(() => {});
    expect(chime.callsOf(operation)).toBe(asked);
  });

  it('ending, removing and demoting are refused as too many requests, and succeed on a retry', async () => {
    const { name } = await aStage();
    await presenter(name, 'bob').seat();
    await chime.person(name, 'vic').seat();
    await hostOf(name).promote('vic');
    await speakFor('DeleteAttendee');
    expect(await refusalOf(hostOf(name).remove('bob'))).toBe('TOO_MANY_REQUESTS');
    expect(await refusalOf(hostOf(name).demote('vic'))).toBe('TOO_MANY_REQUESTS');
    pass(2 * HOUR_MS);
    await hostOf(name).remove('bob');
    await hostOf(name).demote('vic');
    expect(namesIn(primaryOf(name))).toEqual(['the-host']);
    await speakFor('DeleteMeeting');
    expect(await refusalOf(hostOf(name).end())).toBe('TOO_MANY_REQUESTS');
    pass(2 * HOUR_MS);
    expect((await hostOf(name).end()).status).toBe(204);
  });

  it('a presenter leaves nevertheless, with any number of retries, and the reconciler finishes it', async () => {
    const { name } = await aStage();
    const bob = presenter(name, 'bob');
    await bob.seat();
    await speakFor('DeleteAttendee');
    expect(await Promise.all([bob.leave(), bob.leave()])).toEqual([{ status: 204 }, { status: 204 }]);
    pass(2 * HOUR_MS);
    await reconcileStage(await topologyOf(name), callNow());
    expect(namesIn(primaryOf(name))).toEqual(['the-host']);
    expect([...(await topologyOf(name)).stage]).toEqual(['the-host']);
  });

  it('a person who comes back before the reconciler is on stage again, once', async () => {
    const { name } = await aStage();
    const bob = presenter(name, 'bob');
    await bob.seat();
    await speakFor('DeleteAttendee');
    await bob.leave();
    const { Attendee } = await bob.seat();
    expect(namesIn(primaryOf(name)).sort()).toEqual(['bob', 'the-host']);
    expect((await bob.seat()).Attendee).toEqual(Attendee);
  });
});

describe('a reconciler pass that waits for a permit for longer than its lease', () => {
  it('deletes nothing, because another request may have adopted the meeting', async () => {
    const { name, topology } = await aStage();
    await halfLeft(name);
    for (let k = 0; k < 20; k++) await reservePermit('DeleteAttendee', { now: now(), maxWaitMs: HOUR_MS });
    const asked = chime.callsOf('DeleteAttendee');
    let slept = 0;
    const pause = async () => {
      slept += 21_000;
    };
    await reconcileStage(topology, { ...callNow(), now: () => now() + slept, pause });
    expect(slept).toBeGreaterThan(0);
    expect(chime.callsOf('DeleteAttendee')).toBe(asked);
    expect(namesIn(primaryOf(name)).sort()).toEqual(['bob', 'the-host']);
  });
});
