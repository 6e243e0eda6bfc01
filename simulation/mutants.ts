/** One way to break the code: a text that occurs once in one file, and its replacement. */
export interface Mutant {
  name: string;
  file: string;
  from: string;
  to: string;
}

const flow = (verb: string) => `lib/flows/${verb}.ts`;
const store = (noun: string) => `lib/store/${noun}.ts`;

/** What the simulation has to notice. */
export const MUTANTS: Mutant[] = [
  {
    name: 'tickets are drawn without asking whether seats remain',
    file: store('replica/tickets'),
    from: 'all(sellingSeats, seatsRemain, ...notDrawnBy(by))',
    to: 'all(sellingSeats, ...notDrawnBy(by))',
  },
  {
    name: 'a person who holds a seat takes another',
    file: store('participant/seat-holders'),
    from: "const noSeat = 'attribute_not_exists(seat)';",
    to: "const noSeat = 'attribute_exists(pk) OR attribute_not_exists(pk)';",
  },
  {
    name: 'a kept ticket is returned',
    file: flow('join/seat'),
    from: 'if (theirs.some((seat) => seat?.ordinal === key.ordinal && seat.ticket === drawn.ticket)) return;',
    to: '',
  },
  {
    name: 'no write checks for a ban',
    file: store('participant/participants'),
    from: "export const notBanned = 'attribute_not_exists(bannedAt)';",
    to: "export const notBanned = 'attribute_not_exists(nothing)';",
  },
  {
    name: 'the stage admits one more than its capacity',
    file: store('topology/stage'),
    from: 'size(stage) < #primary.#capacity',
    to: 'size(stage) <= #primary.#capacity',
  },
  {
    name: 'a claim on a place is taken over while it lives',
    file: store('participant/places'),
    from: "'place.#state <> :held AND place.lease.#until <= :now'",
    to: "'place.#state <> :held AND place.lease.#until > :now'",
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
    name: 'after a lost answer seats are minted again, without looking',
    file: flow('seats/mint'),
    from: "if (answers.includes('indeterminate')) return 'look';",
    to: "if (answers.includes('indeterminate')) return 'made';",
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
    name: 'a request token is the same in every epoch',
    file: 'lib/domain/meeting/request-token.ts',
    from: 'topology.incarnation, topology.epoch, ...place',
    to: 'topology.incarnation, ...place',
  },
  {
    name: 'a place is free before its attendee is deleted',
    file: flow('stage/leave'),
    from: '  const deleted = await deleteStageAttendee(',
    to: '  await leaveStage(subject.topology, subject.caller.externalUserId);\n  const deleted = await deleteStageAttendee(',
  },
  {
    name: 'a removed person keeps their attendee at Chime',
    file: flow('seats/revoke-seat'),
    from: '  const deleted = entry\n',
    to: '  const deleted = !entry\n',
  },
  {
    name: 'a ban is written after the removal',
    file: flow('people/remove-attendee'),
    from: '  if (request.ban) await ban(externalMeetingId, externalUserId, context.now());\n',
    to: '  if (request.ban) setTimeout(() => ban(externalMeetingId, externalUserId, context.now()), 300);\n',
  },
  {
    name: 'an attendee without a place stays',
    file: flow('stage/occupy-place'),
    from: '    deleteAttendeeOnce(limiter, primary, AttendeeId),\n',
    to: "    Promise.resolve('deleted' as const),\n",
  },
  {
    name: 'strangers stay in a primary that was taken over',
    file: flow('seats/only-attendee'),
    from: 'if (isNew && others.length === 0 && only?.ExternalUserId === first.ExternalUserId) return only;',
    to: 'if (only) return only;',
  },
  {
    name: 'an attendee that may exist is made again',
    file: flow('stage/attendee'),
    from: 'const found = adopt ? await lookFor(',
    to: 'const found = false ? await lookFor(',
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
    name: 'a replica grows beyond what Chime allows',
    file: flow('join/refill-seats'),
    from: 'const lacking = capacity - (counts.minted - counts.retired.size);',
    to: 'const lacking = 1;',
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
    name: 'a participant is read as it was a moment ago',
    file: store('participant/participants'),
    from: 'TableName: TableName(), Key, ConsistentRead: true',
    to: 'TableName: TableName(), Key',
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
];
