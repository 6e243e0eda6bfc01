import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { atOnce, useWorld } from '../support.ts';

/** A small quota, on both sides of the wire. Calls without a rate limit exceed it, also on a slow machine. */
const chime = useWorld({ CHIME_RATE_PER_SECOND: '1', CHIME_BURST: '20' });
const QUOTA = { ratePerSecond: 1, burst: 20 };

describe('a retry of the SDK', () => {
  it('takes a permit like any other call: a burst whose responses are all lost once is never throttled', async () => {
    chime.chimeWill(QUOTA);
    chime.strike('CreateMeetingWithAttendees', 'timeout-after', 18);
    await atOnce(18, () => chime.person(uniqueMeetingId(), 'ada', { role: 'host' }).join());
    const calls = chime.world.emulator.state.calls.CreateMeetingWithAttendees ?? {};
    expect(calls.ThrottlingException).toBeUndefined();
    expect(calls['timeout-after']).toBe(18);
  });

  it('is not made without a permit: the caller retries later', async () => {
    chime.chimeWill(QUOTA);
    const name = uniqueMeetingId();
    const host = chime.person(name, 'ada', { role: 'host' });
    await chime.persist(host.join);
    chime.strike('DeleteMeeting', 'error-500', 100);
    const refusals = await atOnce(40, () => refusalOf(host.end()));
    expect(new Set(refusals)).toEqual(new Set(['UPSTREAM_UNAVAILABLE', 'TOO_MANY_REQUESTS']));
    const calls = chime.world.emulator.state.calls.DeleteMeeting ?? {};
    expect(Object.keys(calls)).toEqual(['ServiceFailureException']);
  });
});
