import { connect } from '../../emulator/state/attendees/presence.ts';
import { presentAttendees } from '../../emulator/state/meetings/meeting.ts';
import { applyEvent } from '../../lib/flows/epoch/apply-event.ts';
import { readOnList } from '../../lib/store/topology/screening.ts';
import { SMALL, type SweptWorld } from './support.ts';

const MINUTE = 61_000;

/** Names that need nothing, and whether the reconciler looks at them. */
export function calmNames(world: SweptWorld) {
  const lookedAt = async (name: string) =>
    (await readOnList([{ externalMeetingId: name, reconcileAt: 0 }]))[0]?.lookedAt;

  /** Whether the reconciler looks at this name in a pass this much later. */
  async function isLookedAt(name: string, ms = MINUTE): Promise<boolean> {
    const before = await lookedAt(name);
    await world.reconcileLater(ms);
    return (await lookedAt(name)) !== before;
  }

  async function tell(name: string, eventType: string): Promise<void> {
    const { meetingId } = world.primaryOf(name) ?? {};
    const about = { externalMeetingId: name, externalUserId: 'the-host', attendeeId: 'whichever' };
    const event = { eventType: `chime:${eventType}`, timestamp: world.now(), meetingId, ...about };
    await applyEvent(event as never, world.now());
  }

  /** A name whose host is connected, and tells so, and at which the reconciler has looked. */
  async function calmName(options: object = SMALL): Promise<string> {
    const { name } = await world.house(0, options);
    const meeting = world.primaryOf(name);
    const attendee = meeting && presentAttendees(meeting)[0];
    if (!attendee) throw new Error('the host is not at Chime');
    connect(world.chime.world.emulator.state, { meeting, attendee });
    await tell(name, 'AttendeeJoined');
    expect(await isLookedAt(name)).toBe(true);
    return name;
  }

  return { calmName, isLookedAt, tell };
}
