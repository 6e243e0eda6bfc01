import { isElectedOpener } from '../../../lib/domain/crowd/crowd.ts';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { seatOf } from '../../../simulation/joined-body.ts';
import { invariantViolations } from '../../races/audit.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { atOnce, useWorld } from '../support.ts';

const chime = useWorld();
const viewer = (name: string, k: number) => chime.person(name, `viewer-${k}`);
const soundly = async (name: string) => expect(await invariantViolations(chime.world, name)).toEqual([]);
const replicas = (name: string) =>
  chime.live(name).filter(({ primaryMeetingId }) => primaryMeetingId !== null);

const FAULTS = ['throttle', 'error-500', 'error-503', 'timeout-before', 'timeout-after'] as const;
const cases = (['CreateMeeting', 'BatchCreateAttendee'] as const).flatMap((operation) =>
  FAULTS.flatMap((fault) => [1, 3].map((times) => [fault, operation, times] as const)),
);

async function aStage(options: object = {}) {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  await host.create(options);
  await host.seat();
  return { name, host };
}

describe('opening a replica survives', () => {
  it.each(cases)('%s of %s, %i in a row: one replica, every seat once', async (fault, operation, times) => {
    const { name } = await aStage();
    chime.strike(operation, fault, times);
    const joined = await chime.persist(viewer(name, 0).join);
    expect(seatOf(await viewer(name, 0).seat())).toEqual(seatOf(joined));
    expect(replicas(name)).toHaveLength(1);
    expect(replicas(name)[0]).toMatchObject({ attendeeCount: 250 });
    await soundly(name);
  });

  it.each(['new', 'same'] as const)(
    'lost answers to every call, where Chime answers a repeated name with the %s attendee',
    async (externalUserIdRepeat) => {
      chime.chimeWill({ externalUserIdRepeat });
      const { name } = await aStage();
      chime.strike('CreateMeeting', 'timeout-after', 3);
      chime.strike('BatchCreateAttendee', 'timeout-after', 5);
      await chime.persist(viewer(name, 0).join);
      expect(replicas(name)).toHaveLength(1);
      expect(replicas(name)[0]).toMatchObject({ attendeeCount: 250 });
      await soundly(name);
    },
  );

  it('a long throttling in the middle of minting', async () => {
    const { name } = await aStage();
    chime.strike('BatchCreateAttendee', 'throttle', 10);
    await chime.persist(viewer(name, 0).join);
    expect(replicas(name)[0]).toMatchObject({ attendeeCount: 250 });
    await soundly(name);
  });

  it.each(['throttle', 'error-500', 'timeout-before'] as const)(
    '%s while it looks for what was minted',
    async (fault) => {
      const { name } = await aStage();
      chime.strike('BatchCreateAttendee', 'timeout-after', 3);
      chime.strike('ListAttendees', fault, 3);
      await chime.persist(viewer(name, 0).join);
      await soundly(name);
    },
  );

  it('a seat that Chime could not create: it is created afterwards', async () => {
    const { name } = await aStage();
    chime.strike('BatchCreateAttendee', 'fail-item');
    await chime.persist(viewer(name, 0).join);
    expect(replicas(name)[0]).toMatchObject({ attendeeCount: 250 });
    await soundly(name);
  });

  it('twenty viewers without a replica: one of them opens it, and each gets one seat', async () => {
    const { name } = await aStage();
    const topology = (await freshTopology(name, chime.now())) as Topology;
    const numbers = Array.from({ length: 100 }, (_, k) => k);
    const quiet = numbers.filter((k) => !isElectedOpener(`viewer-${k}`, topology, 250));
    const joined = await atOnce(20, (k) => viewer(name, quiet[k] as number).seat());
    expect(new Set(joined.map(({ Attendee }) => Attendee.AttendeeId)).size).toBe(20);
    expect(replicas(name)).toHaveLength(1);
    await soundly(name);
  });
});

describe('an account that allows fewer replicas than requested', () => {
  const FIVE = { Attendee: { MaxCount: 5 } };

  it('makes viewers fill the existing replicas, and then refuses', async () => {
    chime.chimeWill({ replicasPerPrimary: 1 });
    const { name } = await aStage({ meetingFeatures: FIVE });
    for (let k = 0; k < 5; k++) await viewer(name, k).seat();
    expect(await refusalOf(viewer(name, 5).join())).toBe('MEETING_FULL');
    const asked = chime.callsOf('CreateMeeting');
    expect(await refusalOf(viewer(name, 6).join())).toBe('MEETING_FULL');
    expect(chime.callsOf('CreateMeeting')).toBe(asked);
    await soundly(name);
  });

  it('is tried again once a host changes the options', async () => {
    chime.chimeWill({ replicasPerPrimary: 0 });
    const { name, host } = await aStage({ meetingFeatures: FIVE });
    expect(await refusalOf(viewer(name, 0).join())).toBe('MEETING_FULL');
    chime.chimeWill({ replicasPerPrimary: 4 });
    await host.create({ meetingFeatures: FIVE });
    expect((await viewer(name, 0).seat()).placement.kind).toBe('replica');
    await soundly(name);
  });

  it('does not affect viewers who are seated overseas instead', async () => {
    chime.chimeWill({ replicasPerPrimary: 1 });
    const { name } = await aStage();
    await viewer(name, 0).seat({ mediaRegion: 'us-east-1' });
    const far = await viewer(name, 1).seat({ mediaRegion: 'ap-southeast-2' });
    expect(far.placement).toMatchObject({ mediaRegion: 'us-east-1', reason: 'nearest-with-room' });
  });

  it.each(['LimitExceededException', 'UnprocessableEntityException', 'only-at-connect'] as const)(
    'and a Chime that answers a full meeting with %s: no replica is oversold',
    async (capacityError) => {
      chime.chimeWill({ capacityError });
      const { name } = await aStage({ maxReplicas: 1, meetingFeatures: FIVE });
      const outcomes = await atOnce(8, (k) =>
        viewer(name, k)
          .seat()
          .then(
            () => 'seated',
            (error: { code: string }) => error.code,
          ),
      );
      expect(outcomes.filter((each) => each === 'seated')).toHaveLength(5);
      expect(outcomes.filter((each) => each === 'MEETING_FULL')).toHaveLength(3);
      await soundly(name);
    },
  );
});
