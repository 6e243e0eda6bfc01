import { Refusal } from '../../client/refusal.ts';
import { type RefusalCode, refusals } from '../../lib/refusals.ts';
import { plainly } from '../../web/room/words.ts';

const codes = Object.entries(refusals) as [RefusalCode, { status: number }][];

describe('in plain words', () => {
  it.each(codes)('%s is a sentence without a code in it', (code, { status }) => {
    expect(plainly(new Refusal(status, { code }))).toMatch(/^[A-Z][^_]+\.( .+)?$/);
  });

  it('a fault in what somebody filled in says which', () => {
    const refusal = new Refusal(400, {
      code: 'BAD_REQUEST',
      detail: 'externalMeetingId: must be 2 to 64 letters',
    });
    expect(plainly(refusal)).toContain('externalMeetingId: must be 2 to 64 letters');
  });

  it('a bug says what to quote', () => {
    expect(plainly(new Refusal(500, { code: 'INTERNAL', requestId: 'r-7' }))).toContain('r-7');
  });

  it('a service that is not reached, a device that is not allowed and one that is not there are told apart', () => {
    const troubles = [
      new TypeError('Failed to fetch'),
      new DOMException('', 'NotAllowedError'),
      new DOMException('', 'NotFoundError'),
    ];
    expect(new Set(troubles.map(plainly)).size).toBe(3);
  });
});
