import { Refusal } from '../../client/refusal.ts';
import { type RefusalCode, refusals } from '../../lib/refusals.ts';
import {
  afterRestored,
  detailsOf,
  deviceWords,
  LOST,
  PlainError,
  plainly,
  startWords,
} from '../../web/room/words.ts';

const codes = Object.entries(refusals) as [RefusalCode, { status: number }][];

describe('the message for', () => {
  it.each(codes)('the refusal %s is a sentence without a code in it', (code, { status }) => {
    expect(plainly(new Refusal(status, { code }))).toMatch(/^[A-Z][^_]+\.( .+)?$/);
  });

  it('an invalid field names the label of the field in the form', () => {
    const refusal = new Refusal(400, { code: 'BAD_REQUEST', field: 'displayName' });
    expect(plainly(refusal)).toContain('“Name that others see”');
  });

  it('an error that was not foreseen says so, without the error’s own words', () => {
    expect(plainly(new RangeError('x is not a y'))).toMatch(/^Something went wrong/);
  });

  it('an unreachable service says that it cannot be reached', () => {
    expect(plainly(new TypeError('Failed to fetch'))).toContain('cannot be reached');
  });
});

describe('the details of', () => {
  it('a refusal are its code, its status, the service’s own words and the request id to quote', () => {
    const refusal = new Refusal(500, { code: 'INTERNAL', detail: 'An unexpected error.', requestId: 'r-7' });
    expect(detailsOf(refusal)).toBe('INTERNAL (500): An unexpected error. Request r-7.');
  });

  it('an error that was not foreseen are its own words', () => {
    expect(detailsOf(new RangeError('x is not a y'))).toBe('RangeError: x is not a y');
  });

  it('an error of the page are those of its cause, if there is one', () => {
    expect(detailsOf(new PlainError('Your camera cannot be used.', { cause: new Error('x') }))).toBe(
      'Error: x',
    );
    expect(detailsOf(new PlainError('This is not a token.'))).toBe('');
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
    expect(deviceWords('microphone', new PlainError(words))).toBe(words);
  });
});

describe('the start of an event', () => {
  const now = new Date(2030, 4, 1, 9, 0);

  it('is a time of day today, and has a date on another day', () => {
    expect(startWords(new Date(2030, 4, 1, 19, 30).toISOString(), now)).toMatch(
      /^The event starts at \D*0?7:30|19:30/,
    );
    expect(startWords(new Date(2030, 4, 3, 19, 30).toISOString(), now)).toMatch(/^The event starts on .*3/);
  });
});

describe('the news of a restored connection', () => {
  it('takes the place of the news of its loss', () => {
    expect(afterRestored(LOST)).toBe('You are connected again.');
  });

  it('leaves the news that came in between', () => {
    expect(afterRestored('You are on stage again.')).toBe('You are on stage again.');
  });
});
