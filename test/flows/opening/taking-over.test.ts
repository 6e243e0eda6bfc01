import { createContainer, currentContainer, useContainer } from '../../../lib/container.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { invariantViolations } from '../../races/audit.ts';
import { person, uniqueMeetingId } from '../../support/people.ts';
import { type Latency, laggingWires } from '../../support/stage/latency.ts';
import { atOnce, LEASE_IS_OVER_MS, useWorld } from '../support.ts';

/** A burst that lasts for longer than any two clocks of these tests differ. */
const chime = useWorld({ CHIME_RATE_PER_SECOND: '100' });
const SEATS = 30;
const VIEWERS = 6;
const SKEW_MS = 5000;
let latency: Latency;
beforeAll(() => {
  latency = laggingWires();
});

async function aStage() {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  await host.create({ maxReplicas: 1, meetingFeatures: { Attendee: { MaxCount: SEATS } } });
  await host.seat();
  return name;
}

/** The replica at Chime, and the attendee whom each of these viewers holds. */
const replicaOf = (name: string) => chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId);
const holders = (name: string, later: number) =>
  atOnce(VIEWERS, async (k) => {
    const { Attendee } = await person(name, `viewer-${k}`, { later }).seat();
    return Attendee.AttendeeId;
  });

/** A viewer opens the replica and stalls. Others, whose clock says that the lease is over, open it and get seats. */
async function overtaken(held: Parameters<Latency['hold']>[0], name: string, later: number) {
  const gate = latency.hold(held);
  const slow = person(name, 'slow').join();
  await gate.reached;
  useContainer(createContainer(currentContainer()));
  const before = await holders(name, later);
  const replica = (await freshTopology(name, chime.now()))?.replicas[0];
  gate.open();
  await slow.catch(() => undefined);
  return { before, replica };
}

describe('a viewer who opens a replica, and goes on after another one took the work over', () => {
  it.each([
    ['was told of its meeting', { operation: 'CreateMeeting', at: 'answer' }],
    ['looked for its permit to mint', { operation: 'BatchCreateAttendee', at: 'request' }],
  ] as const)(
    'changes nothing that the other one wrote, where it %s before the take-over',
    async (_, held) => {
      chime.chimeWill({ capacityError: 'only-at-connect' });
      const name = await aStage();
      const { before, replica } = await overtaken(held, name, LEASE_IS_OVER_MS);
      expect((await freshTopology(name, chime.now()))?.replicas[0]).toEqual(replica);
      expect(await holders(name, LEASE_IS_OVER_MS)).toEqual(before);
    },
  );
});

describe('a process whose clock is five seconds ahead', () => {
  it('takes the work over five seconds early, and each viewer keeps the same attendee', async () => {
    chime.chimeWill({ capacityError: 'only-at-connect' });
    const name = await aStage();
    const early = LEASE_IS_OVER_MS - 1000 - SKEW_MS;
    const gate = latency.hold({ operation: 'CreateMeeting', at: 'answer' });
    const slow = { later: 0 };
    const opening = person(name, 'slow', slow).join();
    await gate.reached;
    slow.later = early;
    const before = await holders(name, early + SKEW_MS);
    gate.open();
    await opening.catch(() => undefined);
    expect(await holders(name, early + SKEW_MS)).toEqual(before);
    expect(replicaOf(name)?.peakAttendees).toBe(SEATS);
    expect(await invariantViolations(chime.world, name)).toEqual([]);
  });
});
