import { joinMeeting } from '../../../lib/flows/join/join-meeting.ts';
import { createMeeting } from '../../../lib/flows/meeting/create.ts';
import { reservePermit } from '../../../lib/store/quota.ts';
import { callOf, uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld({ CHIME_RATE_PER_SECOND: '10', CHIME_BURST: '20' });
const viewer = (name: string, k: number) => chime.person(name, `viewer-${k}`);
const FIVE = { Attendee: { MaxCount: 5 } };

/** All seats of a replica but the last are taken: the next viewer crosses the soft mark. */
async function almostFilled() {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  await host.create({ meetingFeatures: FIVE });
  await host.seat();
  for (let k = 0; k < 4; k++) await viewer(name, k).seat();
  return name;
}

describe('the viewer who crosses the soft mark', () => {
  it('is seated, though Chime refuses to open another replica', async () => {
    const name = await almostFilled();
    const tags = [{ Key: 'two words', Value: 'x' }];
    const body = { maxReplicas: 4, waitForPresenter: true, meetingFeatures: FIVE, tags };
    await createMeeting({ externalMeetingId: name, body }, callOf('the-host', { role: 'host' }));
    chime.pass(3000);
    const asked = chime.callsOf('CreateMeeting');
    expect((await viewer(name, 4).join()).status).toBe(200);
    expect(chime.callsOf('CreateMeeting')).toBe(asked + 1);
  });

  it('does not wait for a permit: a later viewer without a seat opens the replica', async () => {
    const name = await almostFilled();
    const at = chime.now() + 3000;
    for (let k = 0; k < 23; k++) await reservePermit('CreateMeeting', { now: at, maxWaitMs: 5000 });
    const pauses: number[] = [];
    const pause = async (ms: number) => void pauses.push(ms);
    const call = { ...callOf('viewer-4'), now: () => at, pause };
    expect((await joinMeeting({ externalMeetingId: name, body: {} }, call)).status).toBe(200);
    expect(pauses.filter((ms) => ms > 0)).toEqual([]);
    expect(chime.live(name)).toHaveLength(2);
    chime.pass(10_000);
    await chime.persist(viewer(name, 5).join);
    expect(chime.live(name)).toHaveLength(3);
  });
});
