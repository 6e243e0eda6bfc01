import { applyEvent } from '../../lib/flows/epoch/apply-event.ts';
import type { JoinedBody } from '../../simulation/joined-body.ts';
import { crossAt, prepareCrossing } from '../support/crossing.ts';
import { refusalOf, uniqueMeetingId } from '../support/people.ts';
import { isGood, useSweptWorld } from './support.ts';

const world = useSweptWorld();
beforeAll(prepareCrossing);

const AN_HOUR = 3_600_000;
/** The stage has three places. One more is kept for content. */
const NARROW = { meetingFeatures: { Attendee: { MaxCount: 4 } }, maxReplicas: 1 };

/** Chime's last event about the connection of a place on the stage. */
const tell = (eventType: string, { Meeting, Attendee }: JoinedBody) => {
  const about = { externalMeetingId: Meeting.ExternalMeetingId, meetingId: Meeting.MeetingId };
  const who = { attendeeId: Attendee.AttendeeId, externalUserId: Attendee.ExternalUserId };
  return applyEvent(
    { eventType: `chime:${eventType}`, timestamp: world.now(), ...about, ...who } as never,
    world.now(),
  );
};

const presenter = (name: string, who: string) => world.person(name, who, { role: 'presenter' });
const seatsTaken = async (name: string) =>
  ((await world.host(name).get()).body as { primary: { seatsTaken: number } }).primary.seatsTaken;

/** A connected host, and presenters who hold a place. */
async function stage(...presenters: string[]) {
  const name = uniqueMeetingId();
  await world.host(name).create(NARROW);
  const host = await world.host(name).seat();
  await tell('AttendeeJoined', host);
  const places: JoinedBody[] = [];
  for (const who of presenters) places.push(await presenter(name, who).seat());
  return { name, host, places };
}

describe('a full stage', () => {
  it('gains a place once a presenter dropped an hour ago and made no request since', async () => {
    const { name, host, places } = await stage('pia', 'paul');
    const [pia, paul] = places as [JoinedBody, JoinedBody];
    await tell('AttendeeJoined', paul);
    await tell('AttendeeJoined', pia);
    world.pass(1000);
    await tell('AttendeeDropped', pia);
    expect(await refusalOf(presenter(name, 'new').join())).toBe('STAGE_FULL');
    world.pass(AN_HOUR - 60_000);
    await world.reconcileName(name);
    expect(isGood(world, pia)).toBe(true);
    world.pass(120_000);
    await world.reconcileName(name);
    expect([pia, paul, host].map((place) => isGood(world, place))).toEqual([false, true, true]);
    expect(await seatsTaken(name)).toBe(2);
    expect(isGood(world, await presenter(name, 'new').seat())).toBe(true);
    expect(await world.wrongWith(name)).toEqual([]);
  });

  it('gains a place once it had no connection for an hour', async () => {
    const { name, places } = await stage('pia', 'paul');
    await tell('AttendeeJoined', places[1] as JoinedBody);
    world.pass(AN_HOUR + 60_000);
    await world.reconcileName(name);
    expect(places.map((place) => isGood(world, place))).toEqual([false, true]);
  });

  it('gains a place two minutes after a presenter disconnected without a leave request', async () => {
    const { name, places } = await stage('pia', 'paul');
    for (const place of places) await tell('AttendeeJoined', place);
    world.pass(10_000);
    await tell('AttendeeLeft', places[0] as JoinedBody);
    world.pass(121_000);
    await world.reconcileName(name);
    expect(places.map((place) => isGood(world, place))).toEqual([false, true]);
  });

  it('keeps a presenter who joins again, whatever the last event, at every step of the reconciler', async () => {
    const { name, places } = await stage('pia', 'paul');
    const [, paul] = places as [JoinedBody, JoinedBody];
    await tell('AttendeeJoined', paul);
    for (let n = 1, hasCrossed = true; hasCrossed; n += 2) {
      await presenter(name, 'pia').seat();
      world.pass(AN_HOUR + 60_000);
      const coming = () => presenter(name, 'pia').join();
      const { other } = await crossAt(n, () => world.reconcileName(name), coming);
      hasCrossed = other !== undefined;
      if (!hasCrossed) expect(n).toBeGreaterThan(5);
      const given = other?.status === 'fulfilled' && other.value.status === 200 && other.value.body;
      if (given) expect([n, isGood(world, given as JoinedBody)]).toEqual([n, true]);
    }
    expect(await world.wrongWith(name)).toEqual([]);
  });
});

describe('a stage with enough places', () => {
  it('keeps absent people', async () => {
    const { name, places } = await stage('pia');
    world.pass(AN_HOUR * 2);
    await world.reconcileName(name);
    expect(places.map((place) => isGood(world, place))).toEqual([true]);
  });
});
