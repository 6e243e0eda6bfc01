import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { namesIn, useWorld } from '../support.ts';

const chime = useWorld();

describe('a removal that was interrupted in an earlier epoch', () => {
  it('does not revoke the same seat number of another person, when it is repeated in this epoch', async () => {
    const name = uniqueMeetingId();
    const host = chime.person(name, 'the-host', { role: 'host' });
    await chime.persist(host.join);
    const { Attendee } = await chime.persist(chime.person(name, 'vera').join);
    chime.strike('DeleteAttendee', 'error-500', 3);
    expect(await refusalOf(host.remove('vera'))).toBe('UPSTREAM_UNAVAILABLE');
    await host.end();
    await host.create();
    await chime.persist(host.join);
    const will = await chime.persist(chime.person(name, 'will').join);
    expect(will.Attendee.ExternalUserId).toBe(Attendee.ExternalUserId);
    await host.remove('vera');
    const replica = chime.live(name).find(({ meetingId }) => meetingId === will.Meeting.MeetingId);
    expect(namesIn(replica)).toContain(will.Attendee.ExternalUserId);
  });
});
