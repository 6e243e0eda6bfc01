import { openMeeting } from '../builders.ts';
import { outOfBand } from '../out-of-band.ts';
import { useSignaling } from './support.ts';

const world = useSignaling();

const report = (name: string) => ({
  metadata: { sdkVersion: '3.32.0' },
  events: [{ type: 'Meet', v: 1, payloads: [{ name, ts: 1, meetingId: 'm' }] }],
});

async function ingestionUrl(): Promise<string> {
  return (await openMeeting(world.chime)).MediaPlacement?.EventIngestionUrl ?? '';
}

const kept = async () => (await outOfBand(world.emulator, 'GET signaling/client-events')).body;

describe('the event reports of clients', () => {
  it('are accepted from a page of any origin', async () => {
    const headers = { origin: 'http://localhost:5173', 'access-control-request-method': 'POST' };
    const answer = await fetch(await ingestionUrl(), { method: 'OPTIONS', headers });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, headers.origin]);
    expect(answer.headers.get('access-control-allow-headers')).toContain('authorization');
  });

  it('are kept without the token that a beacon carries', async () => {
    const beacon = { ...report('meetingEnded'), authorization: 'secret' };
    const answer = await fetch(`${await ingestionUrl()}?beacon=1`, {
      method: 'POST',
      body: JSON.stringify(beacon),
    });
    expect(answer.status).toBe(200);
    expect(await kept()).toEqual([{ name: 'meetingEnded', ts: 1, meetingId: 'm' }]);
  });

  it.each(['', '{', '{"events":1}'])('are refused when they are %j', async (body) => {
    const answer = await fetch(await ingestionUrl(), { method: 'POST', body });
    expect([answer.status, await kept()]).toEqual([400, []]);
  });
});
