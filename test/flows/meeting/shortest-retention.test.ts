import { CLOCK_SKEW_MS } from '../../../lib/domain/meeting/clocks.ts';
import { MOST_AGE_MS } from '../../../lib/domain/meeting/topology.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';
import { deleteExpired, KINDS } from './expiring.ts';

const chime = useWorld({ RETENTION_DAYS: '1' });
const HERE = { mediaRegion: 'us-east-1' };

/** Less than clocks differ; the rest of the test takes a part of it. */
const LAST_MS = CLOCK_SKEW_MS - 1000;

const pass = (ms: number) => {
  chime.pass(ms);
  chime.passAtChime(ms);
};

describe('a retention of one day', () => {
  it('keeps all that a meeting needs in its last seconds, also by a clock that is ahead', async () => {
    chime.chimeWill({ idleEndMs: MOST_AGE_MS });
    const name = uniqueMeetingId();
    const host = chime.person(name, 'ada', { role: 'host' });
    const vic = chime.person(name, 'vic');
    await host.create({});
    const [stage, seat] = [await host.seat(HERE), await vic.seat(HERE)];
    pass(MOST_AGE_MS - LAST_MS);
    expect(await deleteExpired(name, KINDS, chime.now() + CLOCK_SKEW_MS)).toEqual([]);
    expect((await host.seat(HERE)).Attendee).toEqual(stage.Attendee);
    expect((await vic.seat(HERE)).Attendee).toEqual(seat.Attendee);
  });

  it('keeps a name while its primary is being opened, however old the name is', async () => {
    const name = uniqueMeetingId();
    const host = chime.person(name, 'ada', { role: 'host' });
    await host.create({});
    pass(4 * MOST_AGE_MS - 1000);
    chime.strike('CreateMeetingWithAttendees', 'error-500', 20);
    await host.join(HERE).catch(() => {});
    pass(CLOCK_SKEW_MS);
    expect(await deleteExpired(name, KINDS, chime.now())).toEqual([]);
    chime.world.emulator.state.faults = [];
    pass(60_000);
    expect((await host.seat(HERE)).Meeting.ExternalMeetingId).toBe(name);
  });
});
