import { flow, type Mutant, store } from './mutant.ts';

/** Ways to break what holds for one person: seats, places on stage, promotions and bans. */
export const PEOPLE: Mutant[] = [
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
    name: 'a claim on a place is taken over while it lives',
    file: store('participant/participants'),
    from: "'place.#state <> :held AND place.lease.#until <= :now'",
    to: "'place.#state <> :held AND place.lease.#until > :now'",
  },
  {
    name: 'after a lost answer seats are minted again, without looking',
    file: flow('seats/mint'),
    from: "if (answers.includes('indeterminate')) return 'look';",
    to: "if (answers.includes('indeterminate')) return 'made';",
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
    name: 'a replica grows beyond what Chime allows',
    file: flow('join/refill-seats'),
    from: 'const lacking = capacity - (counts.minted - counts.retired.size);',
    to: 'const lacking = 1;',
  },
  {
    name: 'a participant is read as it was a moment ago',
    file: store('participant/participants'),
    from: 'TableName: TableName(), Key, ConsistentRead: true',
    to: 'TableName: TableName(), Key',
  },
  {
    name: 'a person who holds a seat, or whose seat was taken away, takes another',
    file: store('participant/seat-holders'),
    from: 'clauses: [assignedSoFar(assigned), ...(isUnread ? [notOnStage] : [])],',
    to: 'clauses: [...(isUnread ? [notOnStage] : [])],',
  },
  {
    name: 'a join answers that a viewer is promoted without confirming it',
    file: flow('join/resume-seat'),
    from: ', onStage: promotedAttendee(topology, participant) }',
    to: ' }',
  },
];
