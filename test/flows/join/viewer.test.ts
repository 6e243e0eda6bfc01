import type { MediaRegion } from '../../../lib/domain/geo/media-regions.ts';
import type { JoinedBody } from '../../../simulation/joined-body.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();
const CACHE_IS_OLD_MS = 1100;
const FIVE = { Attendee: { MaxCount: 5 } };

async function aStage(options: object = {}, mediaRegion: MediaRegion = 'us-east-1') {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  await host.create(options);
  const primary = await host.seat({ mediaRegion });
  return { name, host, primary };
}

async function seatMany(name: string, many: number): Promise<JoinedBody[]> {
  const seats: JoinedBody[] = [];
  for (let k = 0; k < many; k++) seats.push(await chime.person(name, `viewer-${k}`).seat());
  return seats;
}

describe('joining as a viewer is refused', () => {
  it('in an unknown meeting', async () => {
    expect(await refusalOf(chime.person(uniqueMeetingId(), 'viewer-1').join())).toBe('MEETING_NOT_FOUND');
  });

  it('when every seat of every replica is taken, and no more may be opened', async () => {
    const { name } = await aStage({ maxReplicas: 1, meetingFeatures: FIVE });
    await seatMany(name, 5);
    expect(await refusalOf(chime.person(name, 'one-too-many').join())).toBe('MEETING_FULL');
    expect((await chime.person(name, 'viewer-3').join()).status).toBe(200);
  });

  it('when no replica may be opened at all', async () => {
    const { name } = await aStage({ maxReplicas: 0 });
    expect(await refusalOf(chime.person(name, 'viewer-1').join())).toBe('MEETING_FULL');
  });
});

describe('joining as a viewer', () => {
  it('seats a person from Frankfurt in Frankfurt, with the stage in Tokyo', async () => {
    const { name, primary } = await aStage({}, 'ap-northeast-1');
    const seat = await chime.person(name, 'viewer-1').seat({ mediaRegion: 'eu-central-1' });
    expect(seat).toMatchObject({
      status: 'joined',
      role: 'viewer',
      Meeting: { MediaRegion: 'eu-central-1', PrimaryMeetingId: primary.Meeting.MeetingId },
      Attendee: { ExternalUserId: 'seat-0000' },
      placement: { kind: 'replica', ordinal: 0, mediaRegion: 'eu-central-1', rttMs: 1, reason: 'own-region' },
      epoch: 1,
      clientHints: { attendeePresenceTimeoutMs: 0 },
    });
  });

  it('returns the credential of an existing attendee at Chime', async () => {
    const { name } = await aStage();
    const { Meeting, Attendee } = await chime.person(name, 'viewer-1').seat();
    const replica = chime.live(name).find(({ meetingId }) => meetingId === Meeting.MeetingId);
    expect(replica?.attendees.get(Attendee.AttendeeId)).toMatchObject({ joinToken: Attendee.JoinToken });
  });

  it('prefers the person’s own location to that of the request headers', async () => {
    const inBrazil = { location: { country: 'BR' } };
    const first = async (body: object) => {
      const { name } = await aStage({}, 'ap-northeast-1');
      return (await chime.person(name, 'viewer-1', inBrazil).seat(body)).placement.mediaRegion;
    };
    expect(await first({})).toBe('sa-east-1');
    expect(await first({ mediaRegion: 'eu-west-1' })).toBe('eu-west-1');
  });

  it('seats a person without a known location where the stage is', async () => {
    const { name } = await aStage({}, 'ap-south-1');
    expect((await chime.person(name, 'viewer-1').seat()).placement.mediaRegion).toBe('ap-south-1');
  });

  it('never leaves the allowed media regions, for any location', async () => {
    const allowedMediaRegions = ['eu-central-1', 'eu-west-1'];
    const { name } = await aStage({ allowedMediaRegions, meetingFeatures: FIVE });
    for (const [k, mediaRegion] of (
      ['ap-south-1', 'us-west-2', 'sa-east-1', 'af-south-1'] as const
    ).entries()) {
      const { placement } = await chime.person(name, `viewer-${k}`).seat({ mediaRegion });
      expect(allowedMediaRegions).toContain(placement.mediaRegion);
    }
    const regions = chime.live(name).map(({ mediaRegion }) => mediaRegion);
    expect(regions.every((mediaRegion) => allowedMediaRegions.includes(mediaRegion))).toBe(true);
  });

  it('makes viewers wait while no presenter is on stage, and says when to ask again', async () => {
    const { name, host } = await aStage();
    await host.leave();
    chime.pass(CACHE_IS_OLD_MS);
    const answer = await chime.person(name, 'viewer-1').join();
    const body = { status: 'waiting', reason: 'no-presenter', retryAfterMs: expect.any(Number) };
    expect(answer).toMatchObject({ status: 202, body, retryAfterMs: expect.any(Number) });
    expect(chime.live(name)).toHaveLength(1);
  });

  it('costs no call to Chime once a replica is open', async () => {
    const { name } = await aStage();
    await seatMany(name, 1);
    const before = structuredClone(chime.world.emulator.state.calls);
    await seatMany(name, 20);
    expect(chime.world.emulator.state.calls).toEqual(before);
  });

  it('opens another replica ahead of need, for the viewer who draws the ticket at the soft mark', async () => {
    const { name, host } = await aStage({ meetingFeatures: FIVE });
    await seatMany(name, 4);
    expect(chime.live(name)).toHaveLength(2);
    await seatMany(name, 5);
    expect(chime.live(name)).toHaveLength(3);
    expect((await host.get()).body).toMatchObject({ viewers: 5, replicas: [{ ordinal: 0 }, { ordinal: 1 }] });
  });

  it('opens replicas with the capacity and the features of the primary', async () => {
    const { name, host } = await aStage({ meetingFeatures: { Video: { MaxResolution: 'FHD' } } });
    const { Meeting } = await chime.person(name, 'viewer-1').seat();
    expect(Meeting.MeetingFeatures).toMatchObject({
      Video: { MaxResolution: 'FHD' },
      Attendee: { MaxCount: 25 },
    });
    expect((await host.get()).body).toMatchObject({
      primary: { capacity: 23 },
      replicas: [{ capacity: 25 }],
    });
  });

  it('gives attendees external user ids that reveal nothing about the viewer', async () => {
    const { name } = await aStage();
    const { Attendee } = await chime.person(name, 'ada.lovelace@example.org').seat();
    expect(JSON.stringify(Attendee)).not.toContain('lovelace');
  });
});
