import { until } from '../../local/until.ts';
import { jsonOf } from '../support/json.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { type SharedStack, sharedStack } from '../support/shared-stack.ts';

const name = uniqueMeetingId();
let stack: SharedStack;
beforeAll(async () => {
  stack = await sharedStack();
});

async function ask<Shape>(method: string, path: string, token: string): Promise<Shape> {
  const headers = { authorization: `Bearer ${token}` };
  return jsonOf<Shape>(fetch(`${stack.urls.api}/meetings/${name}${path}`, { method, headers }));
}

async function tokenFor(sub: string, role: string): Promise<string> {
  return (await fetch(`${stack.urls.issuer}/token?sub=${sub}&role=${role}`)).text();
}

/** Polls until the answer matches. */
async function untilPresent(host: string, externalUserId: string, wanted: string): Promise<void> {
  const presence = async () => {
    const list = await ask<{ attendees: { externalUserId: string; presence: string }[] }>(
      'GET',
      '/attendees',
      host,
    );
    return list.attendees.find((each) => each.externalUserId === externalUserId)?.presence;
  };
  const told = () => `${externalUserId} never was ${wanted}`;
  await until(async () => (await presence()) === wanted, { told });
}

interface Joined {
  Meeting: { MeetingId: string };
  Attendee: { AttendeeId: string };
}

describe('a developer who runs npm start', () => {
  it('sees the people who are connected', async () => {
    const [ada, vic] = await Promise.all([tokenFor('ada', 'host'), tokenFor('vic', 'viewer')]);
    const people = {
      ada: await ask<Joined>('POST', '/join', ada),
      vic: await ask<Joined>('POST', '/join', vic),
    };
    const connection = ({ Meeting, Attendee }: Joined, event: string) =>
      fetch(`${stack.urls.chime}/_emulator/presence`, {
        method: 'POST',
        body: JSON.stringify({ meetingId: Meeting.MeetingId, attendeeId: Attendee.AttendeeId, event }),
      });
    await untilPresent(ada, 'vic', 'expected');
    await connection(people.ada, 'joined');
    await connection(people.vic, 'joined');
    await untilPresent(ada, 'ada', 'present');
    await untilPresent(ada, 'vic', 'present');
    await connection(people.vic, 'dropped');
    await untilPresent(ada, 'vic', 'dropped');
  });
});
