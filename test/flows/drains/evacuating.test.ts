import { useWorld } from '../support.ts';
import { attendeesIn, drainsIn, FRANKFURT, regionsIn } from './support.ts';

const chime = useWorld();
const { hostOf, joinAll, house, drain, reconcile, regionsOf, overfull } = drainsIn(chime);
const EVACUATE = { evacuate: true };
const inFrankfurt = (name: string) => regionsOf(name).filter((region) => region === 'eu-central-1');

describe('evacuating a media region', () => {
  it('opens seats elsewhere, then deletes its replicas; its viewers find seats when they join again', async () => {
    const { name, seats } = await house(8);
    expect(await drain(name, EVACUATE)).toMatchObject({ status: 'moved', replicas: 0, viewers: 0 });
    expect(inFrankfurt(name)).toEqual([]);
    const opened = regionsOf(name).length;
    const again = await joinAll(name, 8);
    expect(regionsIn(again)).not.toContain('eu-central-1');
    expect(regionsOf(name)).toHaveLength(opened);
    expect(attendeesIn([...seats, ...again]).size).toBe(16);
    expect(overfull(name)).toEqual([]);
  });

  it('opens the seats where the viewers who move have the shortest way', async () => {
    const { name } = await house(3);
    await drain(name, EVACUATE);
    const { placement } = await chime.person(name, 'viewer-0').seat(FRANKFURT);
    expect(placement.rttMs).toBeLessThan(20);
  });

  it('opens nothing where enough seats are free elsewhere', async () => {
    const { name } = await house(0);
    await chime.person(name, 'ann').seat({ mediaRegion: 'us-east-1' });
    await hostOf(name).provision({ 'eu-central-1': 5 });
    await chime.person(name, 'ben').seat(FRANKFURT);
    const asked = chime.callsOf('CreateMeeting');
    expect(await drain(name, EVACUATE)).toMatchObject({ status: 'moved' });
    expect(chime.callsOf('CreateMeeting')).toBe(asked);
  });

  it('deletes one replica after another where no further one is allowed', async () => {
    const { name } = await house(9, { maxReplicas: 2 });
    expect(await drain(name, EVACUATE)).toMatchObject({ status: 'moved' });
    const again = await joinAll(name, 9);
    expect(regionsIn(again)).not.toContain('eu-central-1');
    expect(attendeesIn(again).size).toBe(9);
    expect(regionsOf(name)).toHaveLength(2);
    expect(overfull(name)).toEqual([]);
  });

  it('tells a viewer to return soon, not that the meeting is full, while seats are fewer', async () => {
    const { name } = await house(5, { maxReplicas: 1 });
    chime.chimeWill({ replicasPerPrimary: 0 });
    expect((await drain(name, EVACUATE)).status).toBe('moving-with-fewer-seats');
    const answer = await chime.person(name, 'viewer-0').join(FRANKFURT);
    expect(answer).toMatchObject({ status: 202, body: { reason: 'opening' } });
    expect(answer.retryAfterMs).toBeLessThanOrEqual(3000);
  });

  it('keeps a promoted viewer on stage, who gets another seat', async () => {
    const { name } = await house(1);
    await hostOf(name).promote('viewer-0');
    await drain(name, EVACUATE);
    const again = await chime.person(name, 'viewer-0').seat(FRANKFURT);
    expect(again).toMatchObject({ promoted: true, placement: { kind: 'replica' } });
    expect(again.placement.mediaRegion).not.toBe('eu-central-1');
  });

  it('stops when it is changed to a drain without evacuation, and back', async () => {
    const { name } = await house(2);
    await drain(name);
    expect(await drain(name, { evacuate: false })).toMatchObject({ status: 'closed', replicas: 1 });
    expect(await drain(name, EVACUATE)).toMatchObject({ status: 'moved' });
    expect(await drain(name, { evacuate: false })).toMatchObject({ status: 'closed', replicas: 0 });
  });
});

describe('an evacuation survives', () => {
  it('a lost response of Chime at any call, and deletes what it opened there', async () => {
    for (const operation of ['CreateMeeting', 'BatchCreateAttendee', 'DeleteMeeting'] as const) {
      const { name } = await house(2);
      chime.strike(operation, 'timeout-after', 3);
      await drain(name, EVACUATE).catch(() => undefined);
      for (let k = 0; k < 3; k++) {
        chime.pass(61_000);
        await reconcile(name);
      }
      expect(inFrankfurt(name)).toEqual([]);
      expect(regionsIn(await joinAll(name, 2))).not.toContain('eu-central-1');
    }
  });

  it('the end of the epoch: nothing of the next one is deleted', async () => {
    const { name } = await house(2);
    await drain(name, EVACUATE);
    chime.kill(chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId === null));
    chime.pass(3000);
    await hostOf(name).seat();
    const again = await joinAll(name, 2);
    const opened = regionsOf(name);
    await reconcile(name);
    expect(regionsIn(again)).not.toContain('eu-central-1');
    expect(regionsOf(name)).toEqual(opened);
  });
});
