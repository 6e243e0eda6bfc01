import { flow, type Mutant, store } from './mutant.ts';

/** Ways to break what holds for a meeting: primaries, replicas, epochs and ends. */
export const MEETINGS: Mutant[] = [
  {
    name: 'tickets are drawn without asking whether seats remain',
    file: store('replica/tickets'),
    from: 'all(sellingSeats, seatsRemain, ...notDrawnBy(by))',
    to: 'all(sellingSeats, ...notDrawnBy(by))',
  },
  {
    name: 'the stage admits one more than its capacity',
    file: store('topology/stage'),
    from: 'size(stage) < #primary.#capacity',
    to: 'size(stage) <= #primary.#capacity',
  },
  {
    name: 'a claim on a replica is taken over while it lives',
    file: store('topology/replica-claims'),
    from: "expression: 'replicas.#n.lease.#until <= :now',",
    to: "expression: 'replicas.#n.lease.#until > :now OR replicas.#n.lease.#until <= :now',",
  },
  {
    name: 'after a take-over all seats are minted again, without looking',
    file: flow('opening/replica'),
    from: 'lookFirst: !isNew',
    to: 'lookFirst: false',
  },
  {
    name: 'seats are sold before their seat credentials are written',
    file: flow('opening/replica'),
    from: `  if ((await writeCredentials(key, { Meeting, attendees, fence }, context.now())) === 'conflict')
    return 'conflict';
  return openSeats(key, { minted: attendees.length, fence }, context.now());`,
    to: `  await openSeats(key, { minted: attendees.length, fence }, context.now());
  return (await writeCredentials(key, { Meeting, attendees, fence }, context.now())) === 'conflict' ? 'conflict' : 'opened';`,
  },
  {
    name: 'a replica is published before its seats are on sale',
    file: flow('opening/replica'),
    from: '  return openSeats(key, { minted: attendees.length, fence }, context.now());\n',
    to: "  setTimeout(() => openSeats(key, { minted: attendees.length, fence }, context.now()), 500);\n  return 'opened';\n",
  },
  {
    name: 'an ended name refuses no write',
    file: store('topology/clauses'),
    from: "expression: '#status <> :ended',",
    to: "expression: '#status <> :ended OR #status = :ended',",
  },
  {
    name: 'an ended name stays on the list of the live ones',
    file: store('topology/epochs'),
    from: "...listedUnder('ended', externalMeetingId, now),",
    to: "...listedUnder('live', externalMeetingId, now),",
  },
  {
    name: 'the next epoch leaves the name on the list of the live ones',
    file: store('topology/epochs'),
    from: "...listedUnder('scheduled', topology.externalMeetingId, listedFrom(topology)),",
    to: "...listedUnder('live', topology.externalMeetingId, listedFrom(topology)),",
  },
  {
    name: 'a request token is the same in every epoch',
    file: 'lib/domain/meeting/request-token.ts',
    from: 'topology.incarnation, topology.epoch, ...place',
    to: 'topology.incarnation, ...place',
  },
  {
    name: 'the meetings of an ended name live on',
    file: flow('epoch/teardown'),
    from: '  if (meetingId) return deletePrimary(topology, meetingId, context);\n',
    to: '  if (meetingId) return;\n',
  },
  {
    name: 'an unpublished primary that died is requested again and again',
    file: flow('opening/unopened-primary'),
    from: `  await leavePrimaryBehind(topology, { mediaRegion, meetingId }, context);
  await openEpochClaimed(topology, lease);
`,
    to: '',
  },
  {
    name: 'the reconciler counts tickets as leaked that were drawn just now',
    file: 'lib/domain/meeting/recycling.ts',
    from: 'return { leaked: watched, leakCandidates: others, leaksNotedAt: now };',
    to: 'return { leaked: unheld, leakCandidates: [], leaksNotedAt: now };',
  },
  {
    name: 'an event about another meeting ends the epoch',
    file: flow('epoch/apply-event'),
    from: 'if (primaryMeetingId(topology) === meetingId) {\n    await',
    to: 'if (primaryMeetingId(topology)) {\n    await',
  },
  {
    name: 'an end leaves the seats on sale',
    file: flow('epoch/teardown'),
    from: '  await allSettledOrThrow(topology.replicas.map(({ ordinal }) => closeSeats(replicaKey(topology, ordinal))));\n',
    to: '',
  },
  {
    name: 'a thawed function goes on after its answer',
    file: 'lib/deadline.ts',
    from: '  const deadline = scope.getStore();\n  if (!deadline) return;\n',
    to: '  const deadline = scope.getStore();\n  if (deadline) return;\n',
  },
  {
    name: 'a topology is read as it was a moment ago',
    file: store('topology/topologies'),
    from: 'TableName: TableName(), Key, ConsistentRead: true',
    to: 'TableName: TableName(), Key',
  },
  {
    name: 'items expire with the retention, and not after the latest end of their Chime meeting',
    file: store('table'),
    from: 'MOST_AGE_MS / 1000 + settings().retentionDays',
    to: 'settings().retentionDays',
  },
  {
    name: 'a viewer whose connection dropped loses the seat in two minutes',
    file: 'lib/domain/meeting/absence.ts',
    from: 'return Math.max(seenAt, last?.at ?? 0) + droppedSeatMs;',
    to: 'return Math.max(seenAt, last?.at ?? 0) + RECONNECT_MS;',
  },
  {
    name: 'a dropped presenter counts as gone from the stage',
    file: 'lib/domain/meeting/evidence.ts',
    from: "if (presence?.state !== 'left' ||",
    to: "if (presence?.state === 'present' || !presence ||",
  },
  {
    name: 'viewers are placed in drained media regions',
    file: 'lib/domain/placement/placement.ts',
    from: 'const legal = topology.replicas.filter((replica) => allowed.includes(replica.mediaRegion));',
    to: 'const legal = [...topology.replicas];',
  },
  {
    name: 'nothing goes on with an evacuation whose request died',
    file: flow('reconcile/meeting'),
    from: 'if (drainsOf(topology).some((drain) => drain.evacuate))',
    to: 'if (drainsOf(topology).some((drain) => !drain.evacuate))',
  },
  {
    name: 'two requests ask for captions at once',
    file: store('topology/captions'),
    from: "expression: '#primary.captionsAsked.lease.#until <= :now',",
    to: "expression: '#primary.captionsAsked.lease.#until <= :now OR #primary.captionsAsked.lease.#until > :now',",
  },
  {
    name: 'captions count as asked for although Chime did not answer',
    file: flow('stage/captions'),
    from: 'version: isFinal(answer) ? (captions?.version ?? 0) : 0,',
    to: 'version: captions?.version ?? 0,',
  },
  {
    name: 'the reconciler asks for no captions',
    file: flow('reconcile/meeting'),
    from: "    await settleCaptions(topology, context, 'reconciling');\n",
    to: '',
  },
  {
    name: 'a restart of captions that failed half-way counts as done',
    file: flow('stage/captions'),
    from: 'version: isFinal(answer) ? (captions?.version ?? 0) : 0,',
    to: 'version: isFinal(answer) ? (captions?.version ?? 0) : (primary.captionsAsked?.version ?? 0),',
  },
];
