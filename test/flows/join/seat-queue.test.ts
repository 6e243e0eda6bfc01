import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isElectedOpener } from '../../../lib/domain/crowd/crowd.ts';
import { QUEUE_PARTS } from '../../../lib/domain/crowd/seat-queue.ts';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { freshLook } from '../../../lib/store/first-look.ts';
import { replicaKey, topologyKey } from '../../../lib/store/keys.ts';
import { drawTicket, returnTicket } from '../../../lib/store/replica/tickets.ts';
import { countInQueue } from '../../../lib/store/seat-queue.ts';
import { TableName, table } from '../../../lib/store/table.ts';
import { claimReplica } from '../../../lib/store/topology/replica-claims.ts';
import { putOnSaleAgain } from '../../../lib/store/topology/replica-marks.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import type { JoinedBody } from '../../../simulation/joined-body.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { commandsIn } from '../commands.ts';
import { useWorld } from '../support.ts';

const SEATS = 5;
const HOUR_MS = 3_600_000;
const chime = useWorld();
const half = () => 0.5;

/** A live meeting with one replica, and viewers who took so many of its seats. `allow`: changes how many replicas are allowed. */
async function withSeatsTaken(taken: number) {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  const allow = (maxReplicas: number) =>
    host.create({ maxReplicas, meetingFeatures: { Attendee: { MaxCount: SEATS } } });
  await allow(1);
  await host.seat();
  for (let k = 0; k < taken; k++) await chime.person(name, `early-${k}`).seat();
  return { name, allow, topology: (await freshTopology(name, chime.now())) as Topology };
}

/** A live meeting whose only replica is full, while somebody opens another one. */
async function whileSeatsAreOpened() {
  const { name, allow } = await withSeatsTaken(SEATS);
  await allow(8);
  const topology = (await freshTopology(name, chime.now())) as Topology;
  const ordinal = topology.replicas.length;
  const lease = { owner: 'somebody', until: chime.now() + HOUR_MS };
  await claimReplica(topology, { ordinal, mediaRegion: 'us-east-1', lease, fence: 1 }, chime.now());
  chime.pass(1100);
  return { name, topology, late: lateFor(topology, name) };
}

/** Viewers who are not elected to open a replica. */
function lateFor(topology: Topology, name: string) {
  const names = Array.from({ length: 200 }, (_, k) => `late-${k}`);
  const others = names.filter((each) => !isElectedOpener(each, topology, SEATS));
  return (k: number, random = half) => chime.person(name, others[k] as string, { random });
}

const partsOf = async (name: string) => {
  const { queue } = await freshLook(name, 'somebody', chime.now());
  return (queue?.parts ?? []).filter((part) => part !== undefined);
};
/** Viewers who came before, and are expected back in a minute. */
const countBefore = async (name: string, viewers: number) => {
  const begin = { opened: 0, since: undefined };
  const until = chime.now() + 60_000;
  for (let part = 0; part < QUEUE_PARTS; part++)
    await countInQueue(
      name,
      { part, viewers: viewers / QUEUE_PARTS, mediaRegion: 'us-east-1', until, begin },
      chime.now(),
    );
  chime.pass(1100); // no container has an older queue
};

describe('a viewer who finds all seats taken while more are opened', () => {
  it('is told to wait, and is counted in the queue', async () => {
    const { name, late } = await whileSeatsAreOpened();
    expect(await partsOf(name)).toEqual([]);
    expect(await late(0).join()).toMatchObject({ status: 202, body: { reason: 'opening' } });
    expect(await partsOf(name)).toHaveLength(1);
  });

  it('is not counted again when they say that they waited', async () => {
    const { name, late } = await whileSeatsAreOpened();
    expect((await late(0).join({ waited: true })).status).toBe(202);
    expect(await partsOf(name)).toEqual([]);
  });
});

describe('an elected opener who may open no further replica', () => {
  it('returns no later than the last viewer of the queue', async () => {
    const { name, topology, late } = await whileSeatsAreOpened();
    const meetingFeatures = { Attendee: { MaxCount: SEATS } };
    await chime.person(name, 'the-host', { role: 'host' }).create({ maxReplicas: 2, meetingFeatures });
    const names = Array.from({ length: 200 }, (_, k) => `opener-${k}`);
    const elected = names.find((each) => isElectedOpener(each, topology, SEATS)) as string;
    const opener = await chime.person(name, elected, { random: half }).join();
    expect(opener).toMatchObject({ status: 202, body: { reason: 'opening' } });
    const { retryAfterMs } = (await late(0).join()).body as { retryAfterMs: number };
    expect((opener.body as { retryAfterMs: number }).retryAfterMs).toBeLessThanOrEqual(retryAfterMs);
  });
});

describe('the viewer who draws the last ticket of a replica', () => {
  it('marks it as sold out, so that no other viewer draws in vain', async () => {
    const { name, topology } = await withSeatsTaken(SEATS - 1);
    expect(topology.replicas[0]?.soldOut).toBeUndefined();
    await chime.person(name, 'the-last').seat();
    expect((await freshTopology(name, chime.now()))?.replicas[0]?.soldOut).toBe(true);
  });

  it('may have died before the mark: one in eight of those who find no ticket sets it', async () => {
    const { name, topology, late } = await whileSeatsAreOpened();
    await putOnSaleAgain(topology, 0);
    const isMarked = async () => (await freshTopology(name, chime.now()))?.replicas[0]?.soldOut ?? false;
    expect((await late(0).join()).status).toBe(202);
    expect(await isMarked()).toBe(false);
    chime.pass(201); // the container draws there again
    expect((await late(1, () => 0.12).join()).status).toBe(202);
    expect(await isMarked()).toBe(true);
  });
});

describe('a viewer who draws in vain', () => {
  it('makes one request for it, and is told to wait', async () => {
    const { topology, late } = await whileSeatsAreOpened();
    const replica = replicaKey(topology, 0);
    expect(await commandsIn(() => drawTicket(replica, 'us-east-1'))).toEqual(['UpdateItemCommand']);
    await putOnSaleAgain(topology, 0);
    const looks = ['BatchGetItemCommand', 'BatchGetItemCommand'];
    const asked = await commandsIn(() => late(0).join({ waited: true }));
    expect(asked.sort()).toEqual([...looks, 'UpdateItemCommand']);
  });

  it('spares the other viewers of the container the same for 0.2 s', async () => {
    const { topology, late } = await whileSeatsAreOpened();
    await putOnSaleAgain(topology, 0);
    await late(0).join({ waited: true });
    expect(await commandsIn(() => late(1).join({ waited: true }))).not.toContain('UpdateItemCommand');
    chime.pass(201);
    expect(await commandsIn(() => late(2).join({ waited: true }))).toContain('UpdateItemCommand');
  });
});

/** A ticket is returned, and the replica sells again. */
async function giveBack(topology: Topology): Promise<void> {
  await putOnSaleAgain(topology, 0);
  await returnTicket(replicaKey(topology, 0), { ticket: 0, resold: 0 });
}

describe('a full meeting', () => {
  it('seats a viewer in the seat that another one has just given back, though its container missed the last ticket', async () => {
    const { name, topology } = await withSeatsTaken(SEATS);
    await putOnSaleAgain(topology, 0);
    expect(await refusalOf(lateFor(topology, name)(0).join())).toBe('MEETING_FULL');
    await giveBack(topology);
    expect((await lateFor(topology, name)(1).join()).status).toBe(200);
  });

  it.each([
    ['marks', () => 0.12],
    ['does not mark', half],
  ])(
    'opens no further replica for a viewer who %s what their container missed, and is free now',
    async (_, random) => {
      const { name, allow, topology } = await withSeatsTaken(SEATS);
      await putOnSaleAgain(topology, 0);
      expect(await refusalOf(lateFor(topology, name)(0).join())).toBe('MEETING_FULL');
      await allow(2);
      await giveBack(topology);
      const sent = await commandsIn(() => lateFor(topology, name)(1, random).join());
      expect(sent.filter((command) => command === 'UpdateItemCommand')).toHaveLength(3); // two draws, and the seat
      expect(chime.live(name)).toHaveLength(2);
    },
  );
});

/** A live meeting with free seats in a replica that opened a moment ago, as far as the next hour knows. */
async function withNewReplica() {
  const name = uniqueMeetingId();
  await chime.person(name, 'the-host', { role: 'host' }).seat();
  await chime.person(name, 'early').seat();
  const change = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(name),
    UpdateExpression: 'SET replicas.#n.openedAt = :later',
    ExpressionAttributeNames: { '#n': '0' },
    ExpressionAttributeValues: { ':later': chime.now() + HOUR_MS },
  });
  await table().send(change);
  const topology = (await freshTopology(name, chime.now())) as Topology;
  return { name, late: lateFor(topology, name) };
}

describe('a viewer who comes while others wait for the seats of a new replica', () => {
  it('leaves these to them, and is counted behind them', async () => {
    const { name, late } = await withNewReplica();
    await countBefore(name, 1000);
    expect(await late(0).join()).toMatchObject({ status: 202, body: { reason: 'opening' } });
  });

  it('takes one of them after waiting', async () => {
    const { name, late } = await withNewReplica();
    await countBefore(name, 1000);
    expect((await late(0).join({ waited: true })).status).toBe(200);
  });

  it('takes one of them if there are enough for all', async () => {
    const { name, late } = await withNewReplica();
    await countBefore(name, 100);
    expect((await late(0).join()).status).toBe(200);
  });

  it('takes one of them if another replica is far away', async () => {
    const { name, late } = await withNewReplica();
    const topology = (await freshTopology(name, chime.now())) as Topology;
    const lease = { owner: 'somebody', until: chime.now() + HOUR_MS };
    const far = { ordinal: 1, mediaRegion: 'ap-southeast-2', lease, fence: 1 } as const;
    await claimReplica(topology, far, chime.now());
    await countBefore(name, 1000);
    const atTheLatest = () => 0.99; // counted among the viewers of this container
    expect((await late(0, atTheLatest).join()).status).toBe(200);
    const counted = (await partsOf(name)).reduce((sum, { viewers }) => sum + viewers, 0);
    expect(counted).toBeGreaterThan(1000); // the last of those who wait now waits longer
  });
});

describe('a viewer who says that they waited', () => {
  const seated = async () => {
    const name = uniqueMeetingId();
    await chime.person(name, 'the-host', { role: 'host' }).seat();
    await chime.person(name, 'early').seat();
    return name;
  };

  it('gets the seat that they have already, and takes no other', async () => {
    const name = await seated();
    const viewer = chime.person(name, 'viewer');
    const first = await viewer.seat();
    const again = (await viewer.join({ waited: true })).body as JoinedBody;
    expect(again.Attendee).toEqual(first.Attendee);
    expect((await viewer.get()).body).toMatchObject({ viewers: 2 });
  });

  it('is refused if banned', async () => {
    const name = await seated();
    await chime.person(name, 'the-host', { role: 'host' }).remove('viewer', { ban: true });
    expect(await refusalOf(chime.person(name, 'viewer').join({ waited: true }))).toBe('BANNED');
  });

  it('leaves the stage first, if they are a presenter who comes as a viewer', async () => {
    const name = await seated();
    await chime.person(name, 'bob', { role: 'presenter' }).seat();
    expect((await chime.person(name, 'bob').join({ waited: true })).status).toBe(200);
    expect((await freshTopology(name, chime.now()))?.stage).toEqual(new Set(['the-host']));
  });
});
