import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { ALL_MEDIA_REGIONS, type MediaRegion } from '../../../lib/domain/geo/media-regions.ts';
import { mostOnRecord } from '../../../lib/domain/meeting/ordinals.ts';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { topologyKey } from '../../../lib/store/keys.ts';
import { TableName, table } from '../../../lib/store/table.ts';
import { setDrain } from '../../../lib/store/topology/drains.ts';
import { markEnded, reopen } from '../../../lib/store/topology/epochs.ts';
import { claimReplica, publishReplica } from '../../../lib/store/topology/replica-claims.ts';
import { markReplica } from '../../../lib/store/topology/replica-marks.ts';
import { deleteReplicaClaim, releaseReplicaClaim } from '../../../lib/store/topology/replica-releases.ts';
import { enterStage } from '../../../lib/store/topology/stage.ts';
import { changeOptions } from '../../../lib/store/topology/topologies.ts';
import { useMemoryTable } from '../in-memory.ts';
import { aLiveTopology, aTopology, claimOf, leaseOf, madeLive, NOW, now } from '../support.ts';

/** As docs/how-meetings-open.md says; DynamoDB takes items of 400 KB. */
const BOUND_BYTES = 110_000;
const ID = 'x'.repeat(36);
const coolDown = { because: 'indeterminate', since: NOW, until: NOW + 600_000, failures: 1000 } as const;
const tags = Array.from({ length: 50 }, (_, k) => ({
  Key: `${k}`.padEnd(128, 'k'),
  Value: 'v'.repeat(256),
}));
const options = { maxReplicas: 100, waitForPresenter: true, allowedMediaRegions: ALL_MEDIA_REGIONS, tags };

const claim = (ordinal: number, mediaRegion: MediaRegion = 'ap-southeast-1') => ({
  ...{ ...claimOf(ID, mediaRegion), ordinal, lease: leaseOf(ID) },
});

async function bytesOf({ externalMeetingId }: Topology): Promise<number> {
  const Key = topologyKey(externalMeetingId);
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  return JSON.stringify(Item, (_, value) => (value instanceof Set ? [...value] : value)).length;
}

/** A live name that was opened again, with viewers from every media region in its earlier lives. */
async function recurring(): Promise<Topology> {
  const { externalMeetingId, incarnation } = await aTopology();
  await markEnded(externalMeetingId, NOW);
  const lastAudience = Object.fromEntries(ALL_MEDIA_REGIONS.map((mediaRegion) => [mediaRegion, 2000]));
  await reopen(await now({ externalMeetingId }), { options, incarnation, lastAudience }, NOW);
  return madeLive(await now({ externalMeetingId }));
}

/** The largest record: each replica open, a failed one for each media region, a full stage, an audience from everywhere. */
async function theLargest(): Promise<Topology> {
  const { externalMeetingId } = await recurring();
  await changeOptions(externalMeetingId, options, NOW);
  const topology = await now({ externalMeetingId });
  for (let k = 0; k < 240; k++) await enterStage(topology, `${k}`.padEnd(64, 'n'));
  for (let k = 0; k < options.maxReplicas; k++) {
    await claimReplica(topology, claim(k), NOW);
    await publishReplica(topology, claim(k), { meetingId: ID, capacity: 250, now: NOW });
    for (const mark of ['filling', 'soldOut'] as const) await markReplica(topology, k, mark);
  }
  for (const [k, mediaRegion] of ALL_MEDIA_REGIONS.entries()) {
    const failed = claim(options.maxReplicas + k, mediaRegion);
    await claimReplica(topology, failed, NOW);
    await releaseReplicaClaim(topology, failed, { at: NOW, coolDown });
  }
  for (const mediaRegion of ALL_MEDIA_REGIONS)
    await setDrain(
      topology,
      { mediaRegion, evacuate: true, by: 'operator', elsewhere: ALL_MEDIA_REGIONS.slice(-1) },
      NOW,
    );
  return now(topology);
}

useMemoryTable();

describe('the record of a meeting', () => {
  it('is bounded: its largest form is far below DynamoDB’s limit, and no more replicas are claimed', async () => {
    const topology = await theLargest();
    expect(topology.stage.size).toBe(240);
    expect(topology.replicas).toHaveLength(mostOnRecord(topology));
    expect(Object.keys(topology.coolDowns ?? {})).toHaveLength(ALL_MEDIA_REGIONS.length);
    expect(Object.keys(topology.drains ?? {})).toHaveLength(ALL_MEDIA_REGIONS.length);
    expect(Object.keys(topology.lastAudience ?? {})).toHaveLength(ALL_MEDIA_REGIONS.length);
    const bytes = await bytesOf(topology);
    expect(bytes).toBeGreaterThan(BOUND_BYTES / 2);
    expect(bytes).toBeLessThan(BOUND_BYTES);
    expect(await claimReplica(topology, claim(1000), NOW)).toBe('conflict');
  });

  it('does not grow with rejections', async () => {
    const topology = await aLiveTopology();
    const sizes = [];
    for (let k = 0; k < 300; k++) {
      const read = k < 3 ? await now(topology) : { ...topology, coolDowns: { 'ap-southeast-1': coolDown } };
      await claimReplica(read, claim(k), NOW);
      await deleteReplicaClaim(read, claim(k), { coolDown });
      if (k % 100 === 99) sizes.push(await bytesOf(topology));
    }
    expect((await now(topology)).nextOrdinal).toBe(300);
    expect(new Set(sizes).size).toBe(1);
  });
});
