import type { Answer } from '../../../lib/context.ts';
import type { JoinedBody } from '../../../simulation/joined-body.ts';
import { crossedSteps } from '../../support/budget.ts';
import { crossAt, prepareCrossing } from '../../support/crossing.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { isGood, onStageAtChime } from '../../support/stage/facts.ts';
import { atOnce, useWorld } from '../support.ts';

const chime = useWorld();
beforeAll(() => prepareCrossing());

const ROLES = ['viewer', 'presenter'] as const;
type Role = (typeof ROLES)[number];
const MOST_REQUESTS = 30;

/** A meeting with a host on stage, and a person who may have joined it. */
async function aPerson(role: Role) {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  await host.seat();
  return { name, host, ada: chime.person(name, 'ada', { role }) };
}

const sessionOf = ({ sessionId }: JoinedBody) => ({ sessionId });
const attendeeOf = ({ Attendee }: JoinedBody) => Attendee.AttendeeId;

/** Would Chime accept the credential of this join's answer? */
const isAlive = ({ Meeting, Attendee }: JoinedBody) =>
  isGood(chime.world, { meetingId: Meeting.MeetingId, attendeeId: Attendee.AttendeeId });

const isListed = async ({ host }: Awaited<ReturnType<typeof aPerson>>) =>
  ((await host.list()).body as { attendees: { externalUserId: string }[] }).attendees.some(
    ({ externalUserId }) => externalUserId === 'ada',
  );

describe('a join', () => {
  it.each(ROLES)('of a %s has a session of its own, and the same attendee', async (role) => {
    const { ada } = await aPerson(role);
    const joins = [await ada.seat(), await ada.seat(), ...(await atOnce(5, () => ada.seat()))];
    expect(new Set(joins.map(({ sessionId }) => sessionId)).size).toBe(joins.length);
    expect(new Set(joins.map(attendeeOf)).size).toBe(1);
  });
});

describe('leaving with the session of an older join', () => {
  it.each(ROLES)('changes nothing for a %s who has joined since', async (role) => {
    const meeting = await aPerson(role);
    const first = await meeting.ada.seat();
    const second = await meeting.ada.seat();
    expect(await meeting.ada.leave(sessionOf(first))).toEqual({ status: 204 });
    expect([isAlive(second), await isListed(meeting)]).toEqual([true, true]);
    expect(attendeeOf(await meeting.ada.seat())).toBe(attendeeOf(second));
  });

  it('leaves a promoted viewer on stage', async () => {
    const { name, host, ada } = await aPerson('viewer');
    const first = await ada.seat();
    await ada.seat();
    await host.promote('ada');
    const promotion = await ada.promotion();
    await ada.leave(sessionOf(first));
    expect(onStageAtChime(chime.world, name)).toEqual(['ada', 'the-host']);
    expect(await ada.promotion()).toEqual(promotion);
  });

  it('changes nothing for a person who left and came back, as by a reload', async () => {
    const meeting = await aPerson('presenter');
    const first = await meeting.ada.seat();
    await meeting.ada.leave(sessionOf(first));
    const second = await meeting.ada.seat();
    await meeting.ada.leave(sessionOf(first));
    expect(isAlive(second)).toBe(true);
  });

  it('changes nothing in the next epoch', async () => {
    const meeting = await aPerson('presenter');
    const first = await meeting.ada.seat();
    await meeting.host.end();
    await meeting.host.reopen();
    const second = await meeting.ada.seat();
    await meeting.ada.leave(sessionOf(first));
    expect(isAlive(second)).toBe(true);
  });
});

describe('leaving with the session of the latest join', () => {
  it.each(ROLES)('gives back what a %s holds, and may be repeated', async (role) => {
    const meeting = await aPerson(role);
    await meeting.ada.seat();
    const { sessionId } = await meeting.ada.seat();
    for (let time = 0; time < 2; time++)
      expect(await meeting.ada.leave({ sessionId })).toEqual({ status: 204 });
    expect(await isListed(meeting)).toBe(false);
    if (role === 'presenter') expect(onStageAtChime(chime.world, meeting.name)).toEqual(['the-host']);
  });

  it('does the same without a session, whichever join was the latest', async () => {
    const meeting = await aPerson('presenter');
    await meeting.ada.seat();
    await meeting.ada.leave();
    expect(await isListed(meeting)).toBe(false);
  });

  it('changes nothing for a person who never joined', async () => {
    const { ada } = await aPerson('viewer');
    expect(await ada.leave({ sessionId: 'of another life' })).toEqual({ status: 204 });
  });
});

describe('a late leave request that crosses the next join', () => {
  /** Runs the leave request of a first session, and a join before its n-th request. The join may be told to wait. */
  async function crossing(role: Role, n: number) {
    const meeting = await aPerson(role);
    const first = await meeting.ada.seat();
    const goodbye = () => meeting.ada.leave(sessionOf(first));
    return { meeting, ...(await crossAt(n, goodbye, () => meeting.ada.join())) };
  }

  it.each(ROLES)('leaves a %s in their place, at every crossing', async (role) => {
    for (const n of crossedSteps(MOST_REQUESTS)) {
      const { meeting, work, other } = await crossing(role, n);
      expect(work).toEqual({ status: 204 });
      if (!other) return;
      const { status, body } = (other as PromiseFulfilledResult<Answer>).value;
      const joined = status === 200 ? (body as JoinedBody) : await meeting.ada.seat();
      expect([n, isAlive(joined), await isListed(meeting)]).toEqual([n, true, true]);
      expect(attendeeOf(await meeting.ada.seat())).toBe(attendeeOf(joined));
    }
    throw new Error(`the goodbye had not ended after ${MOST_REQUESTS} requests`);
  });

  it.each(ROLES)('does so too where the leave request crosses the join of a %s', async (role) => {
    for (const n of crossedSteps(MOST_REQUESTS)) {
      const meeting = await aPerson(role);
      const first = await meeting.ada.seat();
      const { work: joined, other } = await crossAt(
        n,
        () => meeting.ada.seat(),
        () => meeting.ada.leave(sessionOf(first)),
      );
      if (!other) return;
      expect([n, isAlive(joined), await isListed(meeting)]).toEqual([n, true, true]);
    }
    throw new Error(`the join had not ended after ${MOST_REQUESTS} requests`);
  });
});
