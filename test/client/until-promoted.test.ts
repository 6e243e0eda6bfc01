import type { Promotion } from '../../client/balcony.ts';
import { Refusal } from '../../client/refusal.ts';
import { untilPromoted } from '../../client/stay/until-promoted.ts';
import { hurried } from './support.ts';

const PROMOTION = { Attendee: { AttendeeId: 'a' }, primaryMeetingId: 'p' } as unknown as Promotion;
const NOT_YET = new Refusal(404, { code: 'NOT_PROMOTED' });
const HOPED = { prospect: 'hoped-for', signal: new AbortController().signal } as const;
const EXPECTED = { ...HOPED, prospect: 'expected' } as const;

/** A page whose requests get these answers, one after the other. */
function finding(...found: (Promotion | Error)[]) {
  return jest.fn(async () => {
    const next = found.shift();
    if (next instanceof Error) throw next;
    return next as Promotion;
  });
}

describe('polling for a promotion', () => {
  it('goes on until there is a promotion', async () => {
    const look = finding(NOT_YET, NOT_YET, PROMOTION);
    expect(await untilPromoted(look, hurried().deps, HOPED)).toBe(PROMOTION);
    expect(look).toHaveBeenCalledTimes(3);
  });

  it('pauses for a few seconds, with jitter', async () => {
    for (const [random, ms] of [
      [0, 2500],
      [0.5, 3500],
      [0.999, 4498],
    ] as const) {
      const { waited, deps } = hurried({ random });
      await untilPromoted(finding(NOT_YET, PROMOTION), deps, HOPED);
      expect(waited).toEqual([ms, ms]);
    }
  });

  it.each([
    ['a service that is busy', new Refusal(503, {})],
    ['a network that failed', new TypeError('Failed to fetch')],
  ])('survives %s', async (_, trouble) => {
    expect(await untilPromoted(finding(trouble, PROMOTION), hurried().deps, HOPED)).toBe(PROMOTION);
  });

  it('ends when the meeting has ended', async () => {
    const look = finding(new Refusal(410, { code: 'MEETING_ENDED' }));
    await expect(untilPromoted(look, hurried().deps, HOPED)).rejects.toMatchObject({
      code: 'MEETING_ENDED',
    });
  });

  it('ends when the hand is lowered, also during a request', async () => {
    const stop = new AbortController();
    const look = async () => {
      stop.abort(new Error('hand down'));
      return PROMOTION;
    };
    await expect(
      untilPromoted(look, hurried().deps, { prospect: 'hoped-for', signal: stop.signal }),
    ).rejects.toThrow('hand down');
  });
});

describe('polling for an expected promotion', () => {
  it('begins at once', async () => {
    const { waited, deps } = hurried();
    expect(await untilPromoted(finding(PROMOTION), deps, EXPECTED)).toBe(PROMOTION);
    expect(waited).toEqual([]);
  });

  it.each([
    ['a service that is busy', new Refusal(503, {})],
    ['a gateway that fails', new Refusal(502, {})],
    ['a network that failed', new TypeError('Failed to fetch')],
  ])('goes on after %s', async (_, trouble) => {
    const look = finding(trouble, trouble, PROMOTION);
    expect(await untilPromoted(look, hurried().deps, EXPECTED)).toBe(PROMOTION);
  });

  it('ends when the service says that there is none', async () => {
    const look = finding(NOT_YET, PROMOTION);
    await expect(untilPromoted(look, hurried().deps, EXPECTED)).rejects.toBe(NOT_YET);
  });
});
