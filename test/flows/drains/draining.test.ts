import type { MediaRegion } from '../../../lib/domain/geo/media-regions.ts';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { claimPrimary } from '../../../lib/store/topology/primary-claims.ts';
import { claimReplica } from '../../../lib/store/topology/replica-claims.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { killPrimary } from '../../support/stage/facts.ts';
import { LEASE_IS_OVER_MS, useWorld } from '../support.ts';
import { CACHED_MS, drainsIn, FRANKFURT } from './support.ts';

const chime = useWorld();
const { hostOf, house, drain, reconcile, regionsOf } = drainsIn(chime);
const topologyOf = async (name: string) => (await freshTopology(name, chime.now())) as Topology;

describe('draining a media region is refused', () => {
  it('for an unknown name, and for an ended one', async () => {
    const unknown = hostOf(uniqueMeetingId());
    expect(await refusalOf(unknown.drain('eu-central-1'))).toBe('MEETING_NOT_FOUND');
    expect(await refusalOf(unknown.liftDrain('eu-central-1'))).toBe('MEETING_NOT_FOUND');
    const { name } = await house(0);
    await hostOf(name).end();
    expect(await refusalOf(drain(name))).toBe('MEETING_ENDED');
    expect(await refusalOf(hostOf(name).liftDrain('eu-central-1'))).toBe('MEETING_ENDED');
  });

  it('with NOWHERE_ELSE where it is the only allowed media region that is left', async () => {
    const { name } = await house(0, { allowedMediaRegions: ['us-east-1', 'eu-central-1'] });
    await drain(name);
    expect(await refusalOf(hostOf(name).drain('us-east-1'))).toBe('NOWHERE_ELSE');
    await hostOf(name).liftDrain('eu-central-1');
    expect((await hostOf(name).drain('us-east-1')).status).toBe(202);
  });

  it('to one of two hosts who drain the last two media regions at once', async () => {
    const { name } = await house(0, { allowedMediaRegions: ['us-east-1', 'eu-central-1'] });
    const asked = (['us-east-1', 'eu-central-1'] as MediaRegion[]).map((region) =>
      hostOf(name).drain(region),
    );
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(Object.keys((await topologyOf(name)).drains ?? {})).toHaveLength(1);
  });
});

describe('a drained media region', () => {
  it('gets no further viewer, and those who sit there keep their seats', async () => {
    const { name, seats } = await house(2);
    expect(await drain(name)).toMatchObject({ status: 'closed', replicas: 1, viewers: 2, evacuate: false });
    chime.pass(CACHED_MS);
    const late = await chime.person(name, 'late').seat(FRANKFURT);
    expect(late.placement.mediaRegion).not.toBe('eu-central-1');
    const again = await chime.person(name, 'viewer-0').seat(FRANKFURT);
    expect(again.Attendee).toEqual(seats[0]?.Attendee);
  });

  it('gets no further replica: neither for viewers, nor for a forecast, nor when one fills', async () => {
    const { name } = await house(3);
    await drain(name);
    chime.pass(CACHED_MS);
    await hostOf(name).provision({ 'eu-central-1': 40 });
    for (let k = 0; k < 12; k++) await chime.person(name, `late-${k}`).seat(FRANKFURT);
    await reconcile(name);
    expect(regionsOf(name).filter((region) => region === 'eu-central-1')).toHaveLength(1);
  });

  it('gets no replica from a request that read the topology before the drain, neither new nor taken over', async () => {
    const { name } = await house(0);
    const claim = (ordinal: number, owner: string) => {
      const lease = { owner, until: chime.now() };
      return { ordinal, ...FRANKFURT, lease, fence: owner === 'crashed' ? 1 : 2 };
    };
    const before = await topologyOf(name);
    await claimReplica(before, claim(0, 'crashed'), chime.now());
    const later = await topologyOf(name);
    await drain(name);
    chime.pass(LEASE_IS_OVER_MS);
    expect(await claimReplica(later, claim(0, 'late'), chime.now())).toBe('conflict');
    expect(await claimReplica(later, { ...claim(1, 'late'), fence: 1 }, chime.now())).toBe('conflict');
  });

  it('gets no new primary, and keeps one that is open', async () => {
    const { name } = await house(0);
    await hostOf(name).create({ mediaRegion: 'eu-central-1' });
    await hostOf(name).drain('us-east-1');
    expect(chime.live(name)).toMatchObject([{ mediaRegion: 'us-east-1' }]);
    await drain(name);
    await killPrimary(chime.world, name);
    chime.pass(3000);
    await hostOf(name).seat({ mediaRegion: 'us-east-1' });
    expect(chime.live(name)).toHaveLength(1);
    expect(['us-east-1', 'eu-central-1']).not.toContain(chime.live(name)[0]?.mediaRegion);
  });

  it('gets no primary whose opening stopped half-way there', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).create(FRANKFURT);
    const lease = { owner: 'crashed', until: chime.now() };
    await claimPrimary(await topologyOf(name), { ...FRANKFURT, lease }, chime.now());
    await drain(name);
    chime.pass(LEASE_IS_OVER_MS);
    await hostOf(name).seat(FRANKFURT);
    expect(chime.live(name).map(({ mediaRegion }) => mediaRegion)).not.toContain('eu-central-1');
  });

  it('has a replica undone whose opening stopped half-way there', async () => {
    const { name } = await house(0);
    const lease = { owner: 'crashed', until: chime.now() };
    const claim = { ordinal: 0, ...FRANKFURT, lease, fence: 1 };
    await claimReplica(await topologyOf(name), claim, chime.now());
    await drain(name);
    chime.pass(LEASE_IS_OVER_MS);
    await reconcile(name);
    expect((await topologyOf(name)).replicas).toEqual([]);
    expect(regionsOf(name)).toEqual([]);
  });

  it('is shown to hosts and presenters, not to viewers', async () => {
    const { name } = await house(1);
    await drain(name);
    const shown = { mediaRegion: 'eu-central-1', status: 'closed', replicas: 1, viewers: 1 };
    expect((await hostOf(name).get()).body).toMatchObject({ drains: [shown] });
    expect((await chime.person(name, 'viewer-0').get()).body).not.toHaveProperty('drains');
  });

  it('has a placement that can be explained', async () => {
    const { name } = await house(1);
    await drain(name);
    chime.pass(CACHED_MS);
    await chime.person(name, 'late').seat(FRANKFURT);
    const { body } = await hostOf(name).see('late', true);
    const { candidates } = (body as { placement: { candidates: object[] } }).placement;
    expect(candidates).toContainEqual(expect.objectContaining({ ordinal: 0, passedOver: 'drained' }));
  });
});

describe('a drain', () => {
  it('keeps its beginning when it is repeated, and holds in the next epoch', async () => {
    const { name } = await house(1);
    const first = await hostOf(name).drain('eu-central-1');
    chime.pass(5000);
    expect((await hostOf(name).drain('eu-central-1')).body).toEqual(first.body);
    await killPrimary(chime.world, name);
    chime.pass(3000);
    await hostOf(name).seat();
    const { placement } = await chime.person(name, 'viewer-0').seat(FRANKFURT);
    expect(placement.mediaRegion).not.toBe('eu-central-1');
  });

  it('ends when it is lifted, which is idempotent', async () => {
    const { name } = await house(1);
    await drain(name);
    for (let k = 0; k < 2; k++) expect(await hostOf(name).liftDrain('eu-central-1')).toEqual({ status: 204 });
    chime.pass(CACHED_MS);
    const { placement } = await chime.person(name, 'late').seat(FRANKFURT);
    expect(placement).toMatchObject({ mediaRegion: 'eu-central-1', ordinal: 0 });
  });

  it('is over with the end of the meeting, also after it is opened again', async () => {
    const { name } = await house(0);
    await drain(name);
    await hostOf(name).end();
    await hostOf(name).reopen();
    expect((await hostOf(name).get()).body).not.toHaveProperty('drains');
  });

  it('has no effect once the host allows no other media region, so that viewers still find seats', async () => {
    const { name } = await house(0);
    await drain(name);
    await hostOf(name).create({ allowedMediaRegions: ['eu-central-1'] });
    chime.pass(CACHED_MS);
    expect((await chime.person(name, 'vic').seat()).placement.mediaRegion).toBe('eu-central-1');
    expect((await hostOf(name).get()).body).toMatchObject({ drains: [{ status: 'suspended' }] });
  });

  it('keeps a name without meetings on the list of the reconciler, where operators find it', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).create();
    expect(await reconcile(name)).toBe('never');
    await drain(name);
    expect(await reconcile(name)).toBeGreaterThan(chime.now());
  });
});
