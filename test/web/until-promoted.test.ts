import { Refusal } from '../../client/refusal.ts';
import type { Promotion } from '../../client/types.ts';
import { untilPromoted } from '../../web/room/until-promoted.ts';
import { hurried } from '../client/support.ts';

const PROMOTION = { Attendee: { AttendeeId: 'a' }, primaryMeetingId: 'p' } as unknown as Promotion;
const NOT_YET = new Refusal(404, { code: 'NOT_PROMOTED' });
const never = new AbortController().signal;

/** Somebody who looks and finds these, one after the other. */
function finding(...found: (Promotion | Error)[]) {
  return jest.fn(async () => {
    const next = found.shift();
    if (next instanceof Error) throw next;
    return next as Promotion;
  });
}

describe('looking for a promotion', () => {
  it('goes on until there is one', async () => {
    const look = finding(NOT_YET, NOT_YET, PROMOTION);
    expect(await untilPromoted(look, hurried().outside, never)).toBe(PROMOTION);
    expect(look).toHaveBeenCalledTimes(3);
  });

  it('takes a few seconds between two looks, and everybody others', async () => {
    for (const [random, ms] of [
      [0, 2500],
      [0.5, 3500],
      [0.999, 4498],
    ] as const) {
      const { waited, outside } = hurried({ random });
      await untilPromoted(finding(NOT_YET, PROMOTION), outside, never);
      expect(waited).toEqual([ms, ms]);
    }
  });

  it.each([
    ['a service that is busy', new Refusal(503, {})],
    ['a network that failed', new TypeError('Failed to fetch')],
  ])('survives %s', async (_, trouble) => {
    expect(await untilPromoted(finding(trouble, PROMOTION), hurried().outside, never)).toBe(PROMOTION);
  });

  it('ends when the meeting has ended', async () => {
    const look = finding(new Refusal(410, { code: 'MEETING_ENDED' }));
    await expect(untilPromoted(look, hurried().outside, never)).rejects.toMatchObject({
      code: 'MEETING_ENDED',
    });
  });

  it('ends when the hand is lowered, also while it looks', async () => {
    const stop = new AbortController();
    const look = async () => {
      stop.abort(new Error('hand down'));
      return PROMOTION;
    };
    await expect(untilPromoted(look, hurried().outside, stop.signal)).rejects.toThrow('hand down');
  });
});
