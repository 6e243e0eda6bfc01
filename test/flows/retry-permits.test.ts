import { aName, refusalOf } from '../support/people.ts';
import { atOnce, useWorld } from './support.ts';

/** The account's quota as it is by default, on both sides of the wire. */
const chime = useWorld({ CHIME_RATE_PER_SECOND: '10', CHIME_BURST: '20' });
const QUOTA = { ratePerSecond: 10, burst: 20 };

describe('a retry of the SDK', () => {
  it('takes a permit like any other call: a burst that fails once each is never throttled', async () => {
    chime.chimeWill(QUOTA);
    chime.strike('CreateMeetingWithAttendees', 'error-500', 18);
    await atOnce(18, () => chime.person(aName(), 'ada', { role: 'host' }).join());
    const calls = chime.world.emulator.state.calls.CreateMeetingWithAttendees ?? {};
    expect(calls.ThrottlingException).toBeUndefined();
    expect(calls.ServiceFailureException).toBe(18);
  });

  it('is not made where there is no permit for it: the caller asks again later', async () => {
    chime.chimeWill(QUOTA);
    const name = aName();
    const host = chime.person(name, 'ada', { role: 'host' });
    await chime.persist(host.join);
    chime.strike('DeleteMeeting', 'error-500', 100);
    const refusals = await atOnce(40, () => refusalOf(host.end()));
    expect(new Set(refusals)).toEqual(new Set(['UPSTREAM_UNAVAILABLE', 'TOO_MANY_REQUESTS']));
    const calls = chime.world.emulator.state.calls.DeleteMeeting ?? {};
    expect(Object.keys(calls)).toEqual(['ServiceFailureException']);
  });
});
