import { Refusal } from '../../client/refusal.ts';
import { type RefusalCode, refusals } from '../../lib/refusals.ts';
import { deviceWords, plainly } from '../../web/room/words.ts';

const codes = Object.entries(refusals) as [RefusalCode, { status: number }][];

describe('the message for', () => {
  it.each(codes)('the refusal %s is a sentence without a code in it', (code, { status }) => {
    expect(plainly(new Refusal(status, { code }))).toMatch(/^[A-Z][^_]+\.( .+)?$/);
  });

  it('an invalid field names the field', () => {
    const refusal = new Refusal(400, {
      code: 'BAD_REQUEST',
      detail: 'externalMeetingId: must be 2 to 64 letters',
    });
    expect(plainly(refusal)).toContain('externalMeetingId: must be 2 to 64 letters');
  });

  it('a bug tells which request id to quote', () => {
    expect(plainly(new Refusal(500, { code: 'INTERNAL', requestId: 'r-7' }))).toContain('r-7');
  });

  it('an unreachable service says that it cannot be reached', () => {
    expect(plainly(new TypeError('Failed to fetch'))).toContain('cannot be reached');
  });
});

describe('the message for a device that cannot be used', () => {
  const named = (name: string) => Object.assign(new Error('x'), { name });

  it.each([
    ['NotAllowedError', 'does not let this page use your camera'],
    ['PermissionDeniedError', 'does not let this page use your camera'],
    ['NotFoundError', 'No camera was found'],
    ['NotReadableError', 'another program may have it'],
    ['TypeError', 'HTTPS pages only'],
  ])('gives the reason of %s, and names the device', (name, words) => {
    expect(deviceWords('camera', named(name))).toContain(words);
    expect(deviceWords('microphone', named(name))).toContain('microphone');
  });

  it('says that a screen was not shared, or cannot be shared in this browser', () => {
    expect(deviceWords('screen', named('NotAllowedError'))).toContain('not shared');
    expect(deviceWords('screen', named('TypeError'))).toBe('This browser cannot share a screen.');
  });

  it('repeats the reason of the page itself', () => {
    const words = 'You are not allowed to speak at the moment.';
    expect(deviceWords('microphone', new Error(words))).toBe(words);
  });
});
