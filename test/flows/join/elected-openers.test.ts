import { OPERATION_NAMES } from '../../../emulator/operation-names.ts';
import { bucketOf } from '../../../lib/domain/crowd/bucket.ts';
import { isElectedOpener } from '../../../lib/domain/crowd/crowd.ts';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { paceOf } from '../../../lib/flows/opening/pace.ts';
import { replicaKey } from '../../../lib/store/keys.ts';
import { reservePermit } from '../../../lib/store/quota.ts';
import { drawTicket } from '../../../lib/store/replica/tickets.ts';
import { claimReplica } from '../../../lib/store/topology/replica-claims.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const SEATS = 5;
const HOUR_MS = 3_600_000;
const chime = useWorld();
const first = () => 0;

/**
 * A live meeting with one replica, and one that another viewer is opening; and a viewer who is an elected opener. The quota is reserved
 * so far ahead (milliseconds).
 */
async function whileOneOpens(aheadMs = 0) {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  await host.create({ maxReplicas: 8, meetingFeatures: { Attendee: { MaxCount: SEATS } } });
  await host.seat();
  await chime.person(name, 'early').seat();
  const topology = (await freshTopology(name, chime.now())) as Topology;
  const lease = { owner: 'somebody', until: chime.now() + HOUR_MS };
  const { cost, slack } = bucketOf(paceOf(topology));
  const permits = { until: chime.now() + 1100 + slack - cost + aheadMs, names: 1 };
  const claim = { ordinal: 1, mediaRegion: 'us-east-1', lease, fence: 1, permits } as const;
  await claimReplica(topology, claim, chime.now());
  chime.pass(1100);
  return { name, viewer: chime.person(name, whoStands(topology), { random: first }) };
}

function whoStands(topology: Topology): string {
  for (let k = 0; ; k++) if (isElectedOpener(`viewer-${k}`, topology, SEATS)) return `viewer-${k}`;
}

describe('an elected opener', () => {
  it('opens a replica, and gets a seat in it', async () => {
    const { name, viewer } = await whileOneOpens();
    expect((await viewer.join()).status).toBe(200);
    expect(chime.live(name)).toHaveLength(3);
  });

  it('opens no second replica where the seat of its placement was gone', async () => {
    const { name, viewer } = await whileOneOpens();
    const replica = replicaKey((await freshTopology(name, chime.now())) as Topology, 0);
    for (let k = 1; k < SEATS; k++) await drawTicket(replica, 'us-east-1');
    expect((await viewer.join()).status).toBe(200);
    expect(chime.live(name)).toHaveLength(3);
  });

  it('opens none, and takes a free seat, while its own meeting has reserved the quota far ahead', async () => {
    const { name, viewer } = await whileOneOpens(1500);
    expect((await viewer.join()).status).toBe(200);
    expect(chime.live(name)).toHaveLength(2);
  });

  it('takes a free seat where another meeting uses all of Chime’s quota', async () => {
    const { name, viewer } = await whileOneOpens();
    for (const operation of OPERATION_NAMES)
      await reservePermit(operation, { now: chime.now() + HOUR_MS, maxWaitMs: 0 });
    expect((await viewer.join()).status).toBe(200);
    expect(chime.live(name)).toHaveLength(2);
  });
});
