import { applyEvent } from '../../lib/flows/epoch/apply-event.ts';
import { useSweptWorld } from './support.ts';

const world = useSweptWorld({ END_EMPTY_AFTER_MS: '0' });

describe('a deployment without a limit for empty stages', () => {
  it('ends no meeting, for any length of absence', async () => {
    const { name } = await world.house(0);
    world.pass(1000);
    const meetingId = world.primaryOf(name)?.meetingId;
    const about = { externalMeetingId: name, meetingId, externalUserId: 'the-host', attendeeId: 'whichever' };
    const left = { eventType: 'chime:AttendeeLeft', timestamp: world.now(), ...about };
    await applyEvent(left as never, world.now());
    for (let k = 0; k < 3; k++) await world.reconcileLater(3_600_000);
    expect(world.primaryOf(name)).toBeDefined();
  });
});
