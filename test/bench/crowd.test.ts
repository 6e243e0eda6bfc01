import { demoCrowd } from '../../bench/crowd/demo.ts';
import { ourCrowd } from '../../bench/crowd/ours.ts';
import type { Way } from '../../bench/crowd/outcome.ts';
import { simulate } from '../../simulation/environment.ts';
import { minimumSeconds } from '../../simulation/quota-minimum.ts';

simulate(process.env);

const VIEWERS = 300;
const CROWD = {
  seed: 7,
  viewers: new Array<'us-east-1'>(VIEWERS).fill('us-east-1'),
  withinMs: 200,
  replicas: 2,
};

function expectEverybodySeatedOnce({ seated, attendees, throttles, answers }: Way): void {
  expect(seated).toBe(VIEWERS);
  expect(new Set(attendees).size).toBe(VIEWERS);
  expect(throttles).toBe(0);
  expect(Object.keys(answers).every((status) => ['200', '202', '429'].includes(status))).toBe(true);
}

describe('a simulated crowd of three hundred viewers', () => {
  it('is seated completely, each viewer once, without a throttled call to Chime', async () => {
    const way = await ourCrowd(CROWD);
    expectEverybodySeatedOnce(way);
    expect(way.callsByOperation).toMatchObject({ CreateMeeting: 2, BatchCreateAttendee: 6 });
    expect(way.seconds).toBeGreaterThan(minimumSeconds(VIEWERS));
  });

  it('needs no call to Chime where its seats were provisioned', async () => {
    const way = await ourCrowd({ ...CROWD, forecast: { 'us-east-1': 400 } });
    expectEverybodySeatedOnce(way);
    expect(way.callsByOperation.BatchCreateAttendee).toBeUndefined();
    expect(way.seconds).toBeLessThan(1);
  });

  it('has the same result in every run with one seed', async () => {
    const small = { ...CROWD, viewers: CROWD.viewers.slice(0, 60) };
    expect(await ourCrowd(small)).toEqual(await ourCrowd(small));
  });
});

describe('a simulated crowd of three hundred viewers at the AWS demo', () => {
  const viewers = CROWD.viewers.map((_, n) => ({ comesAt: (n * 200) / VIEWERS, title: n % 2 }));

  it('is seated as slowly as CreateAttendee allows, one by one', () => {
    const { seatedAt, chime } = demoCrowd(viewers, 7);
    expect(seatedAt).toHaveLength(VIEWERS);
    expect(Math.max(...seatedAt)).toBeGreaterThan(28_000);
    expect(chime.calls.CreateAttendee?.['200']).toBe(VIEWERS);
    expect(chime.calls.CreateAttendee?.ThrottlingException).toBeGreaterThan(VIEWERS);
  });

  it('gets more meetings than titles, and some viewers sit where no other finds them', () => {
    const { stranded, chime } = demoCrowd(viewers, 7);
    expect(chime.calls.CreateMeeting?.['200']).toBeGreaterThan(2);
    expect(stranded).toBeGreaterThan(0);
  });
});
