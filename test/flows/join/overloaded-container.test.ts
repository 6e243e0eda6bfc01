import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { tellToWait, toldSoFar } from '../../../lib/flows/join/waiting-room.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();
const PEOPLE = 1000;

/**
 * Tells people of a new name to wait, one answer every 5 ms by a clock that this machine cannot slow down. Returns the waits of
 * the last hundred, in milliseconds.
 */
async function waitsOf(told: { meanwhile: number }) {
  const name = uniqueMeetingId();
  await chime.person(name, 'the-host', { role: 'host' }).create();
  const topology = (await freshTopology(name, chime.now())) as Topology;
  const waits: number[] = [];
  let now = chime.now();
  for (let k = 0; k < PEOPLE; k++) {
    now += 5;
    const toldBefore = toldSoFar() - told.meanwhile;
    const { retryAfterMs = 0 } = await tellToWait(
      topology,
      { reason: 'no-presenter', mediaRegion: 'us-east-1', toldBefore },
      { ...chime.call(`viewer-${k}`, { random: () => (k % 10) / 10 }), now: () => now },
    );
    waits.push(retryAfterMs);
  }
  chime.pass(PEOPLE * 5); // the container's clock goes on from here
  return waits.slice(-100);
}

describe('a container that tells people to wait', () => {
  it('one request at a time, as in Lambda, uses the number of people only', async () => {
    expect(Math.max(...(await waitsOf({ meanwhile: 0 })))).toBeLessThanOrEqual(1000);
  });

  it('and works on many requests at once makes them wait longer, in proportion to the time that it needs', async () => {
    const waits = await waitsOf({ meanwhile: 50 });
    expect(Math.min(...waits)).toBeGreaterThan(1000);
    expect(Math.max(...waits)).toBeLessThan(60_000);
  });
});
