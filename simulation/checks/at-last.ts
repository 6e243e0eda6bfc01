import { primaryMeetingId, type Topology } from '../../lib/domain/meeting/topology.ts';
import { whyClosed } from '../../lib/domain/meeting/waiting-room.ts';
import type { Outcome } from '../actors/operations.ts';
import type { JoinedBody } from '../joined-body.ts';
import type { World } from '../world.ts';
import { isInDrain, openedInDrain } from './drains.ts';
import { type Stores, storesOf } from './stores.ts';

/** The faults once every person who can has returned: in their answers, and in the records. */
export function checkEnd(world: World, name: string, outcomes: Map<string, Outcome>): string[] {
  const stores = storesOf(world, name);
  const { topology } = stores;
  if (!topology) return [...outcomes].flatMap(([who, outcome]) => unknownName(stores, who, outcome));
  return [
    ...[...outcomes].flatMap(([who, outcome]) => untrue({ world, stores, topology }, { who, outcome })),
    ...deadOnes(stores, topology),
    ...openedInDrain(topology),
    ...lostTickets(world, stores),
  ];
}

interface Scene {
  world: World;
  stores: Stores;
  topology: Topology;
}

function unknownName(stores: Stores, who: string, outcome: Outcome): string[] {
  const code = outcome.kind === 'refused' ? outcome.code : '';
  const isRight = code === 'MEETING_NOT_FOUND' || (code === 'BANNED' && isBanned(stores, who));
  return isRight ? [] : [`${who} joined no meeting`];
}

const isBanned = ({ participants }: Stores, who: string) =>
  participants.some((one) => one.externalUserId === who && one.bannedAt);

/** The faults in the last answers: a person who was told of a seat has none, or a refusal was not true. */
function untrue(scene: Scene, { who, outcome }: { who: string; outcome: Outcome }): string[] {
  if (outcome.kind === 'died' || outcome.kind === 'failed') return [`${who} fails without any trouble`];
  if (outcome.kind === 'refused')
    return isTrue(scene, who, outcome.code) ? [] : [`${who} is refused without a reason: ${outcome.code}`];
  const { answer } = outcome;
  if (answer.status === 200) return seatedBadly(scene, { who, body: answer.body as JoinedBody });
  const { reason } = answer.body as { reason: string };
  if (isFull(scene.world)) return [];
  const closed = whyClosed(scene.topology, scene.world.agenda.now);
  return reason === closed && reason !== 'not-started' ? [] : [`${who} waits for ever: ${reason}`];
}

/** Whether Chime opens no further meeting in this account, so that a person may rightly be waiting for one. */
function isFull({ chime }: World): boolean {
  return chime.state.live.size >= chime.state.options.concurrentMeetings;
}

function seatedBadly(
  { stores, topology }: Scene,
  { who, body }: { who: string; body: JoinedBody },
): string[] {
  const { Meeting, Attendee } = body;
  const places = topology.replicas.filter(({ state }) => state === 'open').map(({ meetingId }) => meetingId);
  const isKnown = [primaryMeetingId(topology), ...places].includes(Meeting.MeetingId);
  const isAlive = stores.alive(Meeting.MeetingId, Attendee.AttendeeId) !== undefined;
  return isKnown && isAlive
    ? []
    : [`${who} sits in a meeting that ${isKnown ? 'has no such attendee' : 'is none of ours'}`];
}

function isTrue({ world, stores, topology }: Scene, who: string, code: string): boolean {
  const { primary, stage, status } = topology;
  if (code === 'BANNED') return isBanned(stores, who);
  if (code === 'MEETING_ENDED') return status === 'ended';
  if (code === 'STAGE_FULL') return primary !== undefined && stage.size >= primary.capacity;
  return code === 'MEETING_FULL' && isSoldOut(world, stores, topology);
}

/** No replica may be opened, neither by the host's options nor by the account's limits, and all seats are taken. */
function isSoldOut({ chime }: World, { seats, live }: Stores, topology: Topology): boolean {
  const open = topology.replicas.filter((one) => one.state === 'open' && !isInDrain(topology, one));
  const counts = seats.filter(({ epoch }) => epoch === topology.epoch);
  const isSold = (ordinal: number) =>
    counts.some((one) => one.ordinal === ordinal && one.taken === one.minted && one.returned.size === 0);
  const { replicasPerPrimary, replicasCountAsMeetings, concurrentMeetings } = chime.state.options;
  const ofPrimary = live.filter((one) => one.primaryMeetingId === primaryMeetingId(topology)).length;
  const isAccountFull = replicasCountAsMeetings && chime.state.live.size >= concurrentMeetings;
  return (
    open.every(({ ordinal }) => isSold(ordinal)) &&
    (topology.replicas.length >= topology.options.maxReplicas ||
      ofPrimary >= replicasPerPrimary ||
      isAccountFull)
  );
}

/** Everything in the topology lives at Chime, as a replica of this very primary. */
function deadOnes({ live }: Stores, topology: Topology): string[] {
  if (topology.status !== 'live') return [];
  const primary = primaryMeetingId(topology);
  const open = topology.replicas.filter(({ state }) => state === 'open');
  const isAlive = (meetingId: string | undefined) =>
    live.some((one) => one.meetingId === meetingId && one.primaryMeetingId === primary);
  const isLive = live.some(({ meetingId }) => meetingId === primary);
  return (isLive ? open : [])
    .filter(({ meetingId }) => !isAlive(meetingId))
    .map(({ ordinal }) => `replica ${ordinal} is dead`);
}

/** Without faults, every ticket of a replica that is shown is assigned, for sale, or counted as retired. */
function lostTickets({ plan }: World, { seats, participants, topology }: Stores): string[] {
  if (Object.values(plan.faultRates).some((rate) => rate > 0)) return [];
  return seats
    .filter(({ epoch, ordinal }) => epoch === topology?.epoch && isShown(topology, ordinal))
    .flatMap(({ epoch, ordinal, taken, returned, retired }) => {
      const held = participants.filter((one) => one.epoch === epoch && one.seat?.ordinal === ordinal).length;
      const known = held + returned.size + retired.size;
      return known === taken ? [] : [`of ${taken} tickets of replica ${ordinal}, ${known} are accounted for`];
    });
}

/** An evacuation takes a replica off the topology, and its viewers get other seats. */
const isShown = ({ replicas }: Topology, ordinal: number): boolean =>
  replicas.some((one) => one.ordinal === ordinal);
