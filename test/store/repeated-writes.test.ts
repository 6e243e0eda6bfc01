import { basename, resolve } from 'node:path';
import { toText } from '../../lib/domain/ledger/facts.ts';
import type { Participant, Seat } from '../../lib/domain/meeting/participant.ts';
import type { OpenReplica, Topology } from '../../lib/domain/meeting/topology.ts';
import { shardOf } from '../../lib/store/keys.ts';
import { addFacts, readShard, type Told } from '../../lib/store/ledger/attendance.ts';
import { eraseAttendance } from '../../lib/store/ledger/erasure.ts';
import { addLifeFacts, readLives } from '../../lib/store/ledger/lives.ts';
import { ban, unban } from '../../lib/store/participant/bans.ts';
import { lower, raise } from '../../lib/store/participant/hands.ts';
import { noteSeen, readParticipant, type Subject } from '../../lib/store/participant/participants.ts';
import { swapPlace } from '../../lib/store/participant/place-swaps.ts';
import {
  claimAbsent,
  claimPlace,
  claimRemoval,
  confirmPlace,
  deletePlace,
  occupyPlace,
  releasePlace,
  startLeaving,
} from '../../lib/store/participant/places.ts';
import { applyPresence, keyOf } from '../../lib/store/participant/presences.ts';
import { takeSeat } from '../../lib/store/participant/seat-holders.ts';
import { reservePermit } from '../../lib/store/quota.ts';
import { applySeen, claimCaptions, recordAsked, setWish } from '../../lib/store/topology/captions.ts';
import { noteAlive, noteAttended, noteEmpty, takeCheck } from '../../lib/store/topology/checks.ts';
import { closeCurtain, openCurtain } from '../../lib/store/topology/curtain.ts';
import { liftDrain, retireEvacuated, setDrain } from '../../lib/store/topology/drains.ts';
import {
  finishLook,
  finishPass,
  namesOnList,
  putOnList,
  RECONCILE_SHARDS,
  takePass,
} from '../../lib/store/topology/due.ts';
import {
  forgetMeetings,
  markEnded,
  openEpoch,
  openEpochClaimed,
  openEpochEmpty,
  reopen,
} from '../../lib/store/topology/epochs.ts';
import { setForecast } from '../../lib/store/topology/forecasts.ts';
import {
  claimPrimary,
  deletePrimaryClaim,
  publishPrimary,
  releasePrimaryClaim,
} from '../../lib/store/topology/primary-claims.ts';
import { claimReplica, publishReplica } from '../../lib/store/topology/replica-claims.ts';
import { enterStage, leaveStage } from '../../lib/store/topology/stage.ts';
import { changeOptions, createTopology, freshTopology } from '../../lib/store/topology/topologies.ts';
import { sourcesOf } from '../layers/imports.ts';
import { startWorld, type TestWorld } from '../support/local-world.ts';
import { type LossyTable, lossyTableOf } from '../support/lossy-table.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { aLiveTopology, aTopology, claimOf, leaseOf, NOW, now, subject } from './support.ts';

let world: TestWorld;
let lossy: LossyTable;
beforeAll(async () => {
  world = await startWorld();
  lossy = await lossyTableOf(world);
});
afterAll(async () => {
  await lossy.close();
  await world.close();
});

const OPTIONS = { maxReplicas: 4, waitForPresenter: true };
const Attendee = { AttendeeId: 'a', ExternalUserId: 'ada', JoinToken: 't' };
const held = { state: 'held', Attendee, joinedAt: NOW } as const;
const lease = leaseOf('ours');
const claim = { lease, promoted: false, now: NOW };
const DRAIN = { mediaRegion: 'eu-central-1', evacuate: true, elsewhere: ['us-east-1'] } as const;

/** Ada before a name where she has no record, or the given place. */
async function ada(place?: (ours: Subject) => Promise<unknown>): Promise<Subject> {
  const topology = await aLiveTopology();
  const stranger = subject(topology, 'ada', { role: 'presenter' });
  const ours = { ...stranger, knownEpoch: topology.epoch };
  if (!place) return stranger;
  await claimPlace(stranger, claim);
  await place(ours);
  return ours;
}
const seated = async () => {
  const stranger = await ada();
  await takeSeat(stranger, { seat: { ordinal: 0, ticket: 7, meetingId: 'r0' } as Seat }, NOW);
  return { ...stranger, knownEpoch: stranger.topology.epoch };
};
const claimed = () => ada(async () => {});
const holding = () => ada((ours) => occupyPlace(ours, { ...claim, Attendee }));
const placeOf = async ({ topology }: Subject) =>
  (await readParticipant(topology.externalMeetingId, 'ada'))?.place;

/** A write, its answer although the first response is lost, and the state afterwards. */
interface Write<State> {
  given: () => Promise<State>;
  ask: (state: State) => Promise<unknown>;
  answer: unknown;
  after?: (state: State) => Promise<unknown>;
  is?: unknown;
}
const write = <State>(one: Write<State>) => one as Write<unknown>;
const topologyNow = (topology: Parameters<typeof now>[0]) => now(topology);

/** The audience of the life that a write ends, and what tells whether it was counted once. */
const AUDIENCE = { 'eu-west-1': 3 };
const lifeOf = ({ epoch, lastAudience }: Topology) => [epoch, lastAudience];

const WISH = { version: 1, settings: { languageCode: 'en-US' as const }, by: 'ours' };
const withWish = async () => {
  const topology = await aLiveTopology();
  await setWish(topology, WISH);
  return now(topology);
};

const claimedPrimary = async () => {
  const topology = await aTopology();
  await claimPrimary(topology, { mediaRegion: 'us-east-1', lease }, NOW);
  return topology;
};
const ended = async () => {
  const topology = await aLiveTopology();
  await markEnded(topology.externalMeetingId, NOW);
  return now(topology);
};
const due = async () => {
  const { externalMeetingId } = await claimedPrimary();
  const shards = Array.from({ length: RECONCILE_SHARDS }, (_, shard) => namesOnList(shard));
  const found = (await Promise.all(shards)).flat().find((one) => one.externalMeetingId === externalMeetingId);
  if (!found) throw new Error('it is not due');
  return found;
};
/** An open replica in a media region that is evacuated. */
const evacuated = async () => {
  const topology = await aLiveTopology();
  const claim = claimOf('opener', 'eu-central-1');
  await claimReplica(topology, claim, NOW);
  await publishReplica(topology, claim, { meetingId: 'r0', capacity: 250, now: NOW });
  await setDrain(topology, DRAIN, NOW);
  const drained = await now(topology);
  return { topology: drained, replica: drained.replicas[0] as OpenReplica };
};
/** A viewer connects. */
const TOLD: Told = {
  externalUserId: 'ada',
  role: 'viewer',
  facts: [{ connection: 'a1.0', at: NOW, kind: 'J' }],
  mediaRegion: 'us-east-1',
};
const attendanceOf = async (topology: Topology) =>
  (await readShard(topology, { shard: shardOf('ada') })).people.at(0);
const withName = async () => ({ externalMeetingId: uniqueMeetingId() });

/** The functions that are driven, or why not: reads, functions that send nothing, functions that other tests drive. */
const STORE: Record<string, Record<string, Write<unknown> | string>> = {
  arrivals: { readArrivals: 'reads', readCame: 'reads' },
  attendance: {
    addFacts: write({
      given: aLiveTopology,
      ask: (topology) => addFacts(topology, TOLD, NOW),
      answer: undefined,
      after: async (topology) => (await attendanceOf(topology))?.facts,
      is: new Set(TOLD.facts.map(toText)),
    }),
    readAttendance: 'reads',
    readShard: 'reads',
  },
  erasure: {
    deleteAttendance: 'puts no condition, and may be repeated',
    eraseAttendance: write({
      given: async () => {
        const topology = await aLiveTopology();
        await addFacts(topology, TOLD, NOW);
        return topology;
      },
      ask: (topology) => eraseAttendance(topology, 'ada', NOW),
      answer: undefined,
      after: attendanceOf,
      is: undefined,
    }),
  },
  lives: {
    addLifeFacts: write({
      given: aLiveTopology,
      ask: (topology) => addLifeFacts(topology, [{ subject: 'm', at: NOW, kind: 'ended' }], NOW),
      answer: undefined,
      after: async ({ externalMeetingId }) => (await readLives(externalMeetingId))[0]?.facts.size,
      is: 1,
    }),
    addRefusals: 'adds to an estimate, which a repetition may count twice',
    readIncarnations: 'reads',
    readLives: 'reads',
  },
  bans: {
    ban: write({
      given: withName,
      ask: async ({ externalMeetingId }) => (await ban(externalMeetingId, 'eve', NOW)).bannedAt,
      answer: new Date(NOW).toISOString(),
    }),
    unban: write({
      given: async () => {
        const name = uniqueMeetingId();
        await ban(name, 'eve', NOW);
        return name;
      },
      ask: (name) => unban(name, 'eve', NOW),
      answer: undefined,
      after: async (name) => (await readParticipant(name, 'eve'))?.bannedAt,
    }),
  },
  batch: { readAll: 'reads' },
  checks: {
    takeCheck: write({
      given: aLiveTopology,
      ask: (topology) => takeCheck(topology, { owner: 'ours', now: NOW }),
      answer: 'taken',
    }),
    noteAlive: write({
      given: aLiveTopology,
      ask: (topology) => noteAlive(topology, topology.primary?.Meeting?.MeetingId as string, NOW),
      answer: undefined,
      after: async (topology) => (await topologyNow(topology)).primary?.checkedAt,
      is: NOW,
    }),
    noteAttended: write({
      given: aLiveTopology,
      ask: (topology) => noteAttended(topology),
      answer: 'noted',
    }),
    noteEmpty: write({
      given: aLiveTopology,
      ask: (topology) => noteEmpty(topology, NOW),
      answer: undefined,
      after: async (topology) => (await topologyNow(topology)).primary?.emptySince,
      is: NOW,
    }),
  },
  epochs: {
    // The caller reads the epoch: that it moved on is all that counts.
    openEpochEmpty: write({
      given: async () => {
        const topology = await aLiveTopology();
        await noteEmpty(topology, NOW);
        return topology;
      },
      ask: (topology) => openEpochEmpty(topology, NOW, AUDIENCE),
      answer: 'conflict',
      after: async (topology) => lifeOf(await topologyNow(topology)),
      is: [2, AUDIENCE],
    }),
    openEpoch: write({
      given: aLiveTopology,
      ask: (topology) => openEpoch(topology, topology.primary?.Meeting?.MeetingId as string, AUDIENCE),
      answer: undefined,
      after: async (topology) => lifeOf(await topologyNow(topology)),
      is: [2, AUDIENCE],
    }),
    openEpochClaimed: write({
      given: claimedPrimary,
      ask: (topology) => openEpochClaimed(topology, lease),
      answer: undefined,
      after: async (topology) => (await topologyNow(topology)).epoch,
      is: 2,
    }),
    markEnded: write({
      given: aLiveTopology,
      ask: async ({ externalMeetingId }) => ((await markEnded(externalMeetingId, NOW)) as Topology).status,
      answer: 'ended',
    }),
    reopen: write({
      given: ended,
      ask: (topology) =>
        reopen(topology, { options: OPTIONS, incarnation: 'ours', lastAudience: AUDIENCE }, NOW),
      answer: 'reopened',
      after: async (topology) => lifeOf(await topologyNow(topology)),
      is: [2, AUDIENCE],
    }),
    forgetMeetings: write({
      given: ended,
      ask: (topology) => forgetMeetings(topology, AUDIENCE),
      answer: undefined,
      after: async (topology) => lifeOf(await topologyNow(topology)),
      is: [1, AUDIENCE],
    }),
  },
  forecasts: {
    setForecast: write({ given: aTopology, ask: (topology) => setForecast(topology, {}), answer: 'set' }),
  },
  hands: {
    raise: write({ given: seated, ask: (ours) => raise(ours, NOW), answer: 'done' }),
    // A hand that is down already is a `conflict` too: callers treat both alike.
    lower: write({
      given: async () => {
        const ours = await seated();
        await raise(ours, NOW);
        return ours;
      },
      ask: (ours) => lower(ours),
      answer: 'conflict',
      after: async ({ topology }) => (await readParticipant(topology.externalMeetingId, 'ada'))?.hand,
    }),
  },
  leftovers: {
    forgetLeftover: 'puts no condition, and may be repeated',
    readLeftovers: 'reads',
    rememberLeftover: 'puts no condition, and may be repeated',
  },
  lists: { readList: 'reads' },
  participants: {
    changeParticipant: 'is driven by every function that changes a person',
    inThisEpoch: 'sends nothing',
    noteSeen: write({
      given: claimed,
      ask: ({ topology }) => noteSeen(topology, 'ada', NOW + 1),
      answer: undefined,
      after: async ({ topology }) => (await readParticipant(topology.externalMeetingId, 'ada'))?.seenAt,
      is: NOW + 1,
    }),
    readParticipant: 'reads',
    readParticipants: 'reads',
    remembered: 'sends nothing',
    noting: 'sends nothing',
    inSession: 'sends nothing',
    isUnleased: 'sends nothing',
    unseenSince: 'sends nothing',
  },
  places: {
    claimPlace: write({
      given: () => ada(),
      ask: (stranger) => claimPlace(stranger, claim),
      answer: 'done',
      after: async (ours) => (await placeOf(ours))?.lease,
      is: lease,
    }),
    // To write it again could undo what was changed since; `hold` in the flows finds the attendee in the record.
    occupyPlace: write({
      given: claimed,
      ask: (ours) => occupyPlace(ours, { ...claim, Attendee }),
      answer: 'conflict',
      after: placeOf,
      is: held,
    }),
    startLeaving: write({
      given: holding,
      ask: (ours) => startLeaving(ours, { place: held, lease, now: NOW }),
      answer: 'done',
      after: async (ours) => (await placeOf(ours))?.state,
      is: 'leaving',
    }),
    releasePlace: write({
      given: claimed,
      ask: (ours) => releasePlace(ours, { state: 'claimed', lease, joinedAt: NOW }),
      answer: undefined,
      after: async (ours) => (await placeOf(ours))?.lease?.until,
      is: 0,
    }),
    deletePlace: write({
      given: claimed,
      ask: (ours) => deletePlace(ours, lease),
      answer: undefined,
      after: placeOf,
    }),
    claimAbsent: write({
      given: holding,
      ask: async (ours) => {
        const read = (await readParticipant(ours.topology.externalMeetingId, 'ada')) as Participant;
        return claimAbsent(ours, { place: held, lease, read });
      },
      answer: 'done',
      after: async (ours) => (await placeOf(ours))?.state,
      is: 'leaving',
    }),
    confirmPlace: write({
      given: holding,
      ask: (ours) => confirmPlace(ours, { Attendee, now: NOW + 1 }),
      answer: 'done',
      after: async ({ topology }) => (await readParticipant(topology.externalMeetingId, 'ada'))?.seenAt,
      is: NOW + 1,
    }),
    claimRemoval: write({
      given: () => ada(),
      ask: (stranger) => claimRemoval(stranger, { lease, held: undefined, isBanned: false, now: NOW }),
      answer: 'done',
      after: async (ours) => (await placeOf(ours))?.state,
      is: 'leaving',
    }),
  },
  'place-swaps': {
    swapPlace: write({
      given: holding,
      ask: (ours) => swapPlace(ours, { from: held, to: { ...held, version: 1, lease } }),
      answer: 'done',
      after: async (ours) => (await placeOf(ours))?.version,
      is: 1,
    }),
  },
  presences: {
    holderOfSeat: 'reads',
    keyOf: 'sends nothing',
    applyPresence: write({
      given: claimed,
      ask: ({ topology }) =>
        applyPresence(keyOf(topology.externalMeetingId, 'ada'), {
          state: 'present',
          at: NOW,
          meetingId: 'm',
        }),
      answer: expect.objectContaining({ externalUserId: 'ada' }), // the record, as of the first write
      after: async ({ topology }) => (await readParticipant(topology.externalMeetingId, 'ada'))?.presence?.at,
      is: NOW,
    }),
  },
  'primary-claims': {
    claimPrimary: write({
      given: aTopology,
      ask: (topology) => claimPrimary(topology, { mediaRegion: 'us-east-1', lease }, NOW),
      answer: 'taken-over', // a request that takes over looks for existing attendees
    }),
    publishPrimary: write({
      given: claimedPrimary,
      ask: (topology) =>
        publishPrimary(topology, { Meeting: { MeetingId: 'm' }, capacity: 9, lease, now: NOW }, ['ada']),
      answer: 'published',
      after: async (topology) => (await topologyNow(topology)).status,
      is: 'live',
    }),
    releasePrimaryClaim: write({
      given: claimedPrimary,
      ask: (topology) => releasePrimaryClaim(topology, lease),
      answer: undefined,
      after: async (topology) => (await topologyNow(topology)).primary?.lease?.until,
      is: 0,
    }),
    deletePrimaryClaim: write({
      given: claimedPrimary,
      ask: (topology) => deletePrimaryClaim(topology, lease),
      answer: undefined,
      after: async (topology) => (await topologyNow(topology)).primary,
    }),
  },
  quota: {
    quotaFreeIn: 'reads',
    quotaIn: 'reads nothing',
    readQuota: 'reads',
    reservePermits: 'is what reservePermit does, for several permits at once',
    // A repeated reservation costs one permit more, and never gives one that is not there.
    reservePermit: write({
      given: async () => uniqueMeetingId(),
      ask: (operation) => reservePermit(operation, { now: NOW, maxWaitMs: 1000 }),
      answer: { waitMs: 0 },
    }),
  },
  requests: {
    firstRequest: 'puts no condition: what is there already stays',
    forgetRequest: 'asks only that there is a record, and may be repeated',
    readRequest: 'reads',
  },
  'participant-list': { readParticipantList: 'reads' },
  stage: {
    enterStage: write({
      given: aLiveTopology,
      ask: (topology) => enterStage(topology, 'ada'),
      answer: 'already', // an attendee that existed before is looked up at Chime
      after: async (topology) => [...(await topologyNow(topology)).stage],
      is: ['ada'],
    }),
    leaveStage: write({
      given: async () => {
        const topology = await aLiveTopology();
        await enterStage(topology, 'ada');
        return topology;
      },
      ask: (topology) => leaveStage(topology, 'ada'),
      answer: undefined,
      after: async (topology) => [...(await topologyNow(topology)).stage],
      is: [],
    }),
  },
  due: {
    namesOnList: 'reads',
    onTheList: 'sends nothing',
    putOnList: write({
      given: due,
      ask: ({ externalMeetingId }) => putOnList(externalMeetingId, NOW),
      answer: undefined,
    }),
    takePass: write({
      given: due,
      ask: async (one) =>
        (await takePass(one, leaseOf('reconcile', NOW + 90_000))) === 'conflict' ? 'conflict' : 'taken',
      answer: 'taken',
    }),
    finishPass: write({ given: due, ask: (one) => finishPass(one, 'never'), answer: undefined }),
    finishLook: write({
      given: due,
      ask: (one) => finishLook(one, { next: NOW + 300_000, isCalm: true, lookedAt: NOW }, 'ours'),
      answer: 'finished',
    }),
  },
  screening: { readOnList: 'reads', readListedWith: 'reads', readStages: 'reads' },
  topologies: {
    lastReadTopology: 'sends nothing',
    rememberCheck: 'sends nothing',
    toTopology: 'sends nothing',
    freshTopology: 'reads',
    recentTopology: 'reads',
    rememberTopology: 'sends nothing',
    readTopology: 'reads',
    createTopology: write({
      given: withName,
      ask: (name) => createTopology({ ...name, incarnation: 'ours', options: OPTIONS }, NOW),
      answer: 'created',
      after: async ({ externalMeetingId }) => (await freshTopology(externalMeetingId, NOW))?.status,
      is: 'scheduled',
    }),
    changeOptions: write({
      given: aTopology,
      ask: ({ externalMeetingId }) => changeOptions(externalMeetingId, OPTIONS, NOW),
      answer: 'changed',
    }),
  },
  captions: {
    setWish: write({
      given: aTopology,
      ask: (topology) => setWish(topology, WISH),
      answer: expect.objectContaining({ captions: WISH }),
      after: topologyNow,
      is: expect.objectContaining({ captions: WISH }),
    }),
    claimCaptions: write({
      given: withWish,
      ask: (topology) => claimCaptions(topology, lease, NOW),
      answer: 'claimed',
    }),
    recordAsked: write({
      given: async () => {
        const topology = await withWish();
        await claimCaptions(topology, lease, NOW);
        return topology;
      },
      ask: (topology) => recordAsked(topology, lease, { version: 1, at: NOW }),
      answer: 'recorded',
    }),
    applySeen: write({
      given: withWish,
      ask: (topology) =>
        applySeen(topology, topology.primary?.Meeting?.MeetingId ?? '', { state: 'on', at: NOW, rank: 0 }),
      answer: 'applied',
    }),
  },
  curtain: {
    openCurtain: write({
      given: aTopology,
      ask: ({ externalMeetingId }) => openCurtain(externalMeetingId, NOW),
      answer: expect.objectContaining({ liveSince: NOW }),
    }),
    closeCurtain: write({
      given: aTopology,
      ask: ({ externalMeetingId }) => closeCurtain(externalMeetingId),
      answer: expect.not.objectContaining({ liveSince: NOW }),
    }),
  },
  'deployment-drains': {
    readDeploymentDrains: 'reads',
    setDeploymentDrain: 'has no condition, and is the same however often it is set',
    liftDeploymentDrain: 'has no condition, and is the same however often it is done',
  },
  drains: {
    setDrain: write({
      given: aTopology,
      ask: (topology) => setDrain(topology, DRAIN, NOW),
      answer: 'set',
      after: async (topology) => (await topologyNow(topology)).drains,
      is: { 'eu-central-1': { since: NOW, evacuate: true } },
    }),
    liftDrain: write({
      given: aTopology,
      ask: ({ externalMeetingId }) => liftDrain(externalMeetingId, 'eu-central-1'),
      answer: 'lifted',
    }),
    // The flow then reads the topology: the replica is gone, so the next step is decided without it.
    retireEvacuated: write({
      given: evacuated,
      ask: ({ topology, replica }) => retireEvacuated(topology, replica),
      answer: 'conflict',
      after: async ({ topology }) => (await topologyNow(topology)).replicas,
      is: [],
    }),
  },
  expiry: { topologyExpiresAt: 'sends nothing' },
  'status-index': {
    listedFrom: 'sends nothing',
    listedUnder: 'sends nothing',
    statusPosition: 'sends nothing',
  },
  'status-list': { readStatusList: 'reads', readListed: 'reads' },
  'client-events': {
    addClientCounters: 'adds to an estimate, which a repetition may count twice',
    readClientCounters: 'reads',
  },
  waiting: {
    reportWaiting: 'adds to an estimate, which a repetition may count twice',
    readWaiting: 'reads',
  },
  'seat-queue': {
    queueKeys: 'reads',
    queueIn: 'reads',
    countInQueue: 'adds to an estimate, which a repetition may count twice',
  },
  'before-claim': { readBeforeClaim: 'reads' },
  'first-look': { firstLook: 'reads', freshLook: 'reads' },
  'topology-writes': {
    changeTopology: 'is driven by every function that changes a topology',
    claimOutcome: 'sends nothing',
  },
};

/** Files whose writes other tests drive, or whose writes have no condition. */
const ELSEWHERE = [
  'keys', // sends nothing
  'conditions', // sends nothing
  'clauses', // sends nothing
  'table', // sends nothing by itself
  'replica-claims', // test/store/topology/replica-claims.test.ts; a request that cannot publish reads which one did
  'replica-claim', // sends nothing
  'replica-releases', // test/store/topology/replica-claims.test.ts
  'replica-marks', // marks, the same however often they are set
  'credentials',
  // test/store/repeated-seat-writes.test.ts
  'seat-books',
  'seat-holders',
  'seats',
  'tickets',
  'retired-tickets',
];

/** The path of each file by its name, which is unique in the store. */
const FILES = new Map(sourcesOf('lib/store').map((path) => [basename(path, '.ts'), path]));
const files = [...FILES.keys()];
const driven = Object.entries(STORE).flatMap(([file, functions]) =>
  Object.entries(functions).flatMap(([name, one]) =>
    typeof one === 'string' ? [] : [{ name: `${file}: ${name}`, one }],
  ),
);

describe('the functions of the store', () => {
  it('are all driven with a lost response, or have a reason why not', async () => {
    for (const file of files.filter((one) => !ELSEWHERE.includes(one))) {
      const exported = Object.entries(await import(resolve(FILES.get(file) as string)));
      const functions = exported.filter(([, value]) => typeof value === 'function').map(([name]) => name);
      expect([file, Object.keys(STORE[file] ?? {}).toSorted()]).toEqual([file, functions.toSorted()]);
    }
    expect(ELSEWHERE.filter((file) => !files.includes(file))).toEqual([]);
  });

  it.each(driven)('$name answers its own retry like the first write', async ({ one }) => {
    const state = await one.given();
    lossy.loseAnswerTo(0);
    expect(await one.ask(state)).toEqual(one.answer);
    expect(lossy.writes()).toBeGreaterThan(1); // it was repeated
    lossy.loseAnswerTo(-1);
    if (one.after) expect(await one.after(state)).toEqual(one.is);
  });
});
