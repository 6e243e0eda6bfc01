import { joinMeeting } from '../../../lib/flows/join/join-meeting.ts';
import type { JoinedBody } from '../../../simulation/joined-body.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld({ DISPLAY_NAME_CLAIM: 'name' });

describe('the display name of a token', () => {
  it('replaces the one that a person sends', async () => {
    const id = { externalMeetingId: uniqueMeetingId() };
    const context = chime.call('u-1', { role: 'host' });
    const join = async (displayName?: string) => {
      const caller = { ...context.caller, ...(displayName && { displayName }) };
      const answer = await joinMeeting(
        { ...id, body: { displayName: 'The President' } },
        { ...context, caller },
      );
      return (answer.body as JoinedBody).displayName;
    };
    expect(await join('Ada Lovelace')).toBe('Ada Lovelace');
    expect(await join()).toBeUndefined();
  });
});
