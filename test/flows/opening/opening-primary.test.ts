import { seatOf } from '../../../simulation/joined-body.ts';
import { invariantViolations } from '../../races/audit.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { LEASE_IS_OVER_MS, namesIn, useWorld } from '../support.ts';

const chime = useWorld();
const presenter = (name: string, user: string) => chime.person(name, user, { role: 'presenter' });
const soundly = async (name: string) => expect(await invariantViolations(chime.world, name)).toEqual([]);

const FAULTS = ['throttle', 'error-500', 'error-503', 'timeout-before', 'timeout-after'] as const;
const OPENING = ['CreateMeetingWithAttendees'] as const;
/** The SDK's retries hide one fault where a call may be repeated. They do not hide three. */
const TIMES = [1, 3] as const;
const cases = OPENING.flatMap((operation) =>
  FAULTS.flatMap((fault) => TIMES.map((times) => [fault, operation, times] as const)),
);

describe('opening the primary survives', () => {
  it.each(cases)('%s of %s, %i in a row: one primary, one attendee', async (fault, operation, times) => {
    const name = uniqueMeetingId();
    chime.strike(operation, fault, times);
    const joined = await chime.persist(presenter(name, 'ada').join);
    expect(namesIn(chime.live(name)[0])).toEqual(['ada']);
    expect(seatOf(await presenter(name, 'ada').seat())).toEqual(seatOf(joined));
    await soundly(name);
  });

  it.each(FAULTS)('%s while another request finishes what the first one began', async (fault) => {
    const name = uniqueMeetingId();
    chime.strike('CreateMeetingWithAttendees', fault, 3);
    expect((await presenter(name, 'ada').join()).status).toBe(202);
    await chime.persist(presenter(name, 'bob').join);
    await soundly(name);
    await chime.persist(presenter(name, 'ada').join);
    expect(namesIn(chime.live(name)[0]).sort()).toEqual(['ada', 'bob']);
    await soundly(name);
  });

  it('lost responses of listing and clearing, while the claim is taken over', async () => {
    const name = uniqueMeetingId();
    chime.strike('CreateMeetingWithAttendees', 'timeout-after', 3);
    await presenter(name, 'ada').join();
    chime.strike('ListAttendees', 'error-500', 3);
    chime.strike('DeleteAttendee', 'timeout-after', 3);
    chime.strike('CreateAttendee', 'timeout-after', 1);
    await chime.persist(presenter(name, 'bob').join);
    expect(namesIn(chime.live(name)[0])).toEqual(['bob']);
    await soundly(name);
  });

  it.each(['per-operation', 'shared'] as const)('request tokens that are %s', async (tokenScope) => {
    chime.chimeWill({ tokenScope });
    const name = uniqueMeetingId();
    chime.strike('CreateMeetingWithAttendees', 'timeout-after', 3);
    await chime.persist(presenter(name, 'ada').join);
    await chime.persist(chime.person(name, 'viewer-1').join);
    await soundly(name);
  });

  it('an account at its meeting limit: presenters wait, and get in when there is capacity', async () => {
    const name = uniqueMeetingId();
    chime.chimeWill({ concurrentMeetings: 0 });
    expect(await presenter(name, 'ada').join()).toMatchObject({ status: 202, body: { reason: 'opening' } });
    chime.chimeWill({ concurrentMeetings: 250 });
    await chime.persist(presenter(name, 'ada').join);
    await soundly(name);
  });

  it('a request for another media region, while the first meeting may exist', async () => {
    const name = uniqueMeetingId();
    chime.strike('CreateMeetingWithAttendees', 'timeout-after', 3);
    await presenter(name, 'ada').join({ mediaRegion: 'eu-west-1' });
    chime.pass(LEASE_IS_OVER_MS);
    const { placement } = await chime.persist(() =>
      presenter(name, 'bob').join({ mediaRegion: 'sa-east-1' }),
    );
    expect(placement.mediaRegion).toBe('eu-west-1');
    await soundly(name);
  });

  it('a lost response that was followed by throttling, and then a request for another media region', async () => {
    const name = uniqueMeetingId();
    chime.strike('CreateMeetingWithAttendees', 'timeout-after', 1);
    chime.strike('CreateMeetingWithAttendees', 'throttle', 2);
    await presenter(name, 'ada').join({ mediaRegion: 'eu-west-1' });
    await chime.persist(() => presenter(name, 'bob').join({ mediaRegion: 'sa-east-1' }));
    await soundly(name);
  });

  it('throttling of the request that takes the claim over, and a third request for another media region', async () => {
    const name = uniqueMeetingId();
    chime.strike('CreateMeetingWithAttendees', 'timeout-after', 3);
    await presenter(name, 'ada').join({ mediaRegion: 'eu-west-1' });
    chime.pass(LEASE_IS_OVER_MS);
    chime.strike('CreateMeetingWithAttendees', 'throttle', 3);
    expect((await presenter(name, 'bob').join()).status).toBe(202);
    await chime.persist(() => presenter(name, 'cyd').join({ mediaRegion: 'sa-east-1' }));
    await soundly(name);
  });
});
