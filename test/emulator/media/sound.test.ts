import { type Level, levelAfter, loudest, quietnessAt } from '../../../emulator/media/loudest.ts';
import { createPace, SILENCE } from '../../../emulator/media/pace.ts';

const levels = (quietness: Record<string, number>, at = 0) =>
  new Map<string, Level>(Object.entries(quietness).map(([name, value]) => [name, { quietness: value, at }]));

describe('the choice of the speaker who is forwarded', () => {
  it('selects the loudest', () => {
    expect(loudest(undefined, levels({ ada: 40, grace: 20, linus: 60 }), 0)).toBe('grace');
  });

  it('keeps the current speaker until another is louder by more than 6 dB', () => {
    expect(loudest('ada', levels({ ada: 40, grace: 34 }), 0)).toBe('ada');
    expect(loudest('ada', levels({ ada: 40, grace: 33 }), 0)).toBe('grace');
  });

  it('drops a speaker who left or stopped sending', () => {
    expect(loudest('ada', levels({ grace: 90 }), 0)).toBe('grace');
    const late = new Map([...levels({ ada: 10 }, 0), ...levels({ grace: 50 }, 400)]);
    expect(loudest('ada', late, 400)).toBe('grace');
  });

  it('selects none where no sender is there', () => {
    expect(loudest('ada', levels({}), 0)).toBeUndefined();
  });
});

describe('the smoothed level of a sender', () => {
  it('rises at once and falls by 1 dB a packet, so that a pause between words does not change the speaker', () => {
    const word = levelAfter({ quietness: 90, at: 0 }, 12, 20);
    expect(word).toEqual({ quietness: 12, at: 20 });
    expect(levelAfter(word, 127, 40)).toEqual({ quietness: 13, at: 40 });
  });

  it('starts anew after a silence in which no packets came', () => {
    expect(levelAfter({ quietness: 12, at: 0 }, 80, 1000)).toEqual({ quietness: 80, at: 1000 });
    expect(quietnessAt({ quietness: 12, at: 0 }, 301)).toBe(127);
  });
});

describe('the audio sent to a client', () => {
  const word = (name: string) => Buffer.from(name);
  const heard = (slots: { payload: Buffer }[]) =>
    slots.map(({ payload }) => (payload === SILENCE ? '-' : payload.toString()));

  it('is one packet each 20 ms, with silence where no person speaks', () => {
    const pace = createPace(0);
    pace.push(word('a'));
    pace.push(word('b'));
    expect(heard(pace.due(19))).toEqual([]);
    expect(heard(pace.due(65))).toEqual(['a', 'b', '-']);
    expect(heard(pace.due(65))).toEqual([]);
  });

  it('buffers a burst for 200 ms at most, and drops its oldest packets', () => {
    const pace = createPace(0);
    for (let index = 0; index < 12; index++) pace.push(word(`${index}`));
    expect(heard([...pace.due(100), ...pace.due(200), ...pace.due(220)])).toEqual([
      ...['2', '3', '4', '5', '6', '7', '8', '9', '10', '11'],
      '-',
    ]);
  });

  it('skips the packets that a busy machine missed, without a gap in the sequence numbers', () => {
    const pace = createPace(0);
    pace.due(20);
    expect(pace.due(1000).map(({ index, sequence }) => [index, sequence])).toEqual([
      [45, 1],
      [46, 2],
      [47, 3],
      [48, 4],
      [49, 5],
    ]);
  });
});
