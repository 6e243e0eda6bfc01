import { type Attendee, type Meeting, presentAttendees } from '../../../emulator/state/meetings/meeting.ts';
import type { Fault } from '../../../emulator/state/records.ts';
import { deleteMeeting } from '../../../lib/chime/meetings.ts';
import { startWorld, type TestWorld } from '../local-world.ts';

/** Deps whose quotas are out of reach, for tests that do not test permits. */
export function startStage(environment: Record<string, string> = {}): Promise<TestWorld> {
  const chime = { ratePerSecond: 10_000, burst: 10_000, concurrentMeetings: 10_000 };
  const quotas = { CHIME_RATE_PER_SECOND: '10000', CHIME_BURST: '10000' };
  return startWorld({ chime, environment: { ...quotas, ...environment } });
}

/** The Chime meetings of a name that have not ended: the primary, and the replicas. */
export function liveMeetings({ emulator }: TestWorld, name: string): Meeting[] {
  return [...emulator.state.live].filter(({ externalMeetingId }) => externalMeetingId === name);
}

/** The living primary of a name. */
export function livePrimary(world: TestWorld, name: string): Meeting | undefined {
  return liveMeetings(world, name).find(({ primaryMeetingId }) => primaryMeetingId === null);
}

/** The people in the primary of a name who may send audio, by their ids, sorted. */
export function onStageAtChime(world: TestWorld, name: string): string[] {
  const primary = livePrimary(world, name);
  const attendees = primary ? presentAttendees(primary) : [];
  return attendees.map(({ externalUserId }) => externalUserId).toSorted();
}

/** The person's attendee in the primary, as Chime has it. */
export function attendeeAtChime(world: TestWorld, name: string, who: string): Attendee | undefined {
  const primary = livePrimary(world, name);
  return primary && presentAttendees(primary).find(({ externalUserId }) => externalUserId === who);
}

/** Would Chime accept this credential? */
export function isGood(
  { emulator }: TestWorld,
  credential: { meetingId: string; attendeeId: string },
): boolean {
  const meeting = emulator.state.meetings.get(credential.meetingId);
  const attendee = meeting?.attendees.get(credential.attendeeId);
  return meeting?.endedAt === null && attendee !== undefined && attendee.deletedAt === null;
}

/** Makes the next calls of one operation fail at Chime. */
export function strike(
  { emulator }: TestWorld,
  operation: Fault['operation'],
  fault: Pick<Fault, 'fault'> & Partial<Fault>,
): void {
  emulator.state.faults.push({ operation, times: 1, delayMs: 0, item: 1, ...fault });
}

/** Removes all faults from Chime. */
export function calm({ emulator }: TestWorld): void {
  emulator.state.faults = [];
}

/** Ends the primary at Chime, as Chime does to one without connections for five minutes. */
export async function killPrimary(world: TestWorld, name: string): Promise<void> {
  const primary = livePrimary(world, name);
  if (primary) await deleteMeeting(async () => 'permitted', primary.meetingId);
}
