import { operations } from '../../../lib/contract.ts';
import { openPlanned } from '../../../lib/flows/opening/forecast.ts';
import { callOf, refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();
const hostOf = (name: string) => chime.person(name, 'the-host', { role: 'host' });
const small = { meetingFeatures: { Attendee: { MaxCount: 5 } } };

/** A live meeting with small replicas, and this limit of replicas. */
async function live(maxReplicas: number, more: object = {}) {
  const name = uniqueMeetingId();
  chime.chimeWill({ replicasPerPrimary: maxReplicas });
  await hostOf(name).create({ ...small, maxReplicas, ...more });
  await hostOf(name).seat();
  return name;
}

const planOf = (answer: { body?: unknown }) => operations.provisionSeats.answers[202].parse(answer.body);

describe('provisioning seats refuses', () => {
  it('an unknown name, and an ended one', async () => {
    expect(await refusalOf(hostOf(uniqueMeetingId()).provision({ 'eu-central-1': 5 }))).toBe(
      'MEETING_NOT_FOUND',
    );
    const name = await live(2);
    await hostOf(name).end();
    expect(await refusalOf(hostOf(name).provision({ 'eu-central-1': 5 }))).toBe('MEETING_ENDED');
  });

  it('seats in a media region that is not allowed, by field', async () => {
    const name = await live(2, { allowedMediaRegions: ['us-east-1'] });
    const asked = hostOf(name).provision({ 'eu-central-1': 5 });
    await expect(asked).rejects.toMatchObject({ code: 'BAD_REQUEST', field: 'seats.eu-central-1' });
  });
});

describe('provisioning seats', () => {
  it('opens replicas in the requested media regions, before any viewer comes', async () => {
    const name = await live(4);
    const plan = planOf(await hostOf(name).provision({ 'eu-central-1': 9, 'ap-northeast-1': 3 }));
    expect(plan).toMatchObject({ status: 'ready', asked: 12, planned: 15, minted: 15 });
    const { replicas } = (await hostOf(name).get()).body as { replicas: { mediaRegion: string }[] };
    expect(replicas.map(({ mediaRegion }) => mediaRegion).sort()).toEqual([
      'ap-northeast-1',
      'eu-central-1',
      'eu-central-1',
    ]);
  });

  it('gives a viewer one of the seats, without a call to Chime', async () => {
    const name = await live(2);
    await hostOf(name).provision({ 'eu-central-1': 5 });
    const before = chime.callsOf('CreateMeeting') + chime.callsOf('BatchCreateAttendee');
    const { placement } = await chime.person(name, 'ada').seat({ mediaRegion: 'eu-central-1' });
    expect(placement).toMatchObject({ mediaRegion: 'eu-central-1', reason: 'own-region' });
    expect(chime.callsOf('CreateMeeting') + chime.callsOf('BatchCreateAttendee')).toBe(before);
  });

  it('opens nothing more on a repeated request, and only the missing replicas when the number is raised', async () => {
    const name = await live(4);
    for (const seats of [5, 5, 10]) await hostOf(name).provision({ 'eu-central-1': seats });
    expect(chime.live(name)).toHaveLength(3);
  });

  it('distributes the replicas that the host allows where they do not suffice, and reports that', async () => {
    const name = await live(2);
    const plan = planOf(await hostOf(name).provision({ 'eu-central-1': 12, 'us-east-1': 4, 'sa-east-1': 3 }));
    expect(plan).toMatchObject({ asked: 19, planned: 10 });
    expect(plan.plan.map(({ replicas }) => replicas)).toEqual([2, 0, 0]);
  });

  it('opens nothing without a presenter on stage, and reports that', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).create(small);
    const plan = planOf(await hostOf(name).provision({ 'eu-central-1': 5 }));
    expect(plan).toMatchObject({ status: 'waiting-for-primary', minted: 0 });
    expect(chime.live(name)).toEqual([]);
  });
});

describe('provisioning seats survives', () => {
  it('a Chime that allows fewer replicas than the host: the answer reports the number that opened', async () => {
    const name = await live(4);
    chime.chimeWill({ replicasPerPrimary: 1 });
    const plan = planOf(await hostOf(name).provision({ 'eu-central-1': 15 }));
    expect(plan).toMatchObject({ asked: 15, planned: 5, minted: 5 });
  });

  it('replicas that viewers’ joins opened in other media regions: it ends, and never exceeds the host’s limit', async () => {
    const name = await live(2);
    await chime.person(name, 'ada').seat({ mediaRegion: 'us-east-1' });
    chime.chimeWill({ replicasPerPrimary: 100 });
    const plan = planOf(await hostOf(name).provision({ 'eu-central-1': 10 }));
    expect(chime.live(name)).toHaveLength(3);
    expect(plan).toMatchObject({ status: 'ready', asked: 10, planned: 5, minted: 5 });
  });

  it('a Chime at its limit because of viewers’ replicas: it does not retry again and again', async () => {
    const name = await live(4);
    await chime.person(name, 'ada').seat({ mediaRegion: 'us-east-1' });
    chime.chimeWill({ replicasPerPrimary: 2 });
    const asked = chime.callsOf('CreateMeeting');
    await hostOf(name).provision({ 'eu-central-1': 15 });
    expect(chime.live(name)).toHaveLength(3);
    expect(chime.callsOf('CreateMeeting') - asked).toBeLessThanOrEqual(5);
  });

  it('a media region that the host forbids afterwards: no replica opens there', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).create(small);
    await hostOf(name).provision({ 'eu-central-1': 5, 'us-east-1': 5 });
    await hostOf(name).create({ ...small, allowedMediaRegions: ['us-east-1'] });
    await hostOf(name).seat();
    await openPlanned(name, { until: chime.now() + 5000 }, callOf('the-reconcile'));
    expect(chime.live(name).map(({ mediaRegion }) => mediaRegion)).toEqual(['us-east-1', 'us-east-1']);
  });

  it('ten hosts at once: no replica is opened twice', async () => {
    const name = await live(4);
    await Promise.all(Array.from({ length: 10 }, () => hostOf(name).provision({ 'eu-central-1': 10 })));
    expect(chime.live(name)).toHaveLength(3);
  });

  it('a lost response: a retry opens what is missing, and only that', async () => {
    const name = await live(4);
    chime.strike('CreateMeeting', 'timeout-after', 3);
    await hostOf(name).provision({ 'eu-central-1': 10 });
    const plan = planOf(await hostOf(name).provision({ 'eu-central-1': 10 }));
    expect(plan).toMatchObject({ status: 'ready', minted: 10 });
    expect(chime.live(name)).toHaveLength(3);
  });
});
