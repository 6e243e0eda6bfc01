import { createMeeting } from '../../lib/flows/create-meeting.ts';
import { sweepTopology } from '../../lib/flows/sweep-topology.ts';
import { freshTopology } from '../../lib/store/topologies.ts';
import { aName, callOf, refusalOf } from '../support/people.ts';
import { useWorld } from './support.ts';

const chime = useWorld();
const LATER_MS = 3000;
const later = { later: LATER_MS };

/** A live meeting with one replica, whose host expects more, and has set tags that Chime refuses since. */
async function refused() {
  const name = aName();
  await chime.person(name, 'the-host', { role: 'host' }).seat();
  await chime.person(name, 'ann').seat();
  await chime.person(name, 'the-host', { role: 'host' }).provision({ 'us-east-1': 200 });
  const tags = [{ Key: 'two words', Value: 'x' }];
  const body = { maxReplicas: 4, waitForPresenter: true, tags };
  await createMeeting({ externalMeetingId: name, body }, callOf('the-host', { role: 'host' }));
  return name;
}

describe('where Chime refuses to open what a host expects', () => {
  it('the sweep does all its other work', async () => {
    const name = await refused();
    const [replica] = chime.live(name).filter(({ primaryMeetingId }) => primaryMeetingId);
    const host = chime.person(name, 'the-host', { role: 'host', ...later });
    chime.kill(replica);
    await refusalOf(host.provision({ 'us-east-1': 600 }));
    expect(await refusalOf(sweepTopology(name, callOf('the-sweep', later)))).toBe('UPSTREAM_UNAVAILABLE');
    const topology = await freshTopology(name, Date.now());
    expect(topology?.replicas.map(({ meetingId }) => meetingId)).not.toContain(replica?.meetingId);
  });

  it('nothing is left under way when that is answered', async () => {
    const name = await refused();
    const host = chime.person(name, 'the-host', { role: 'host', ...later });
    await refusalOf(host.provision({ 'us-east-1': 900 }));
    const asked = chime.callsOf('CreateMeeting');
    const topology = await freshTopology(name, Date.now());
    expect(topology?.replicas.filter(({ state }) => state === 'claimed')).toEqual([]);
    expect(chime.callsOf('CreateMeeting')).toBe(asked);
  });
});
