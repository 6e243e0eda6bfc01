import { displayNameOf, isDisplayName } from '../../../lib/domain/access/display-name.ts';

describe('a display name', () => {
  it.each(['Ada', 'Łukasz Żółć', 'שלום', '名前', 'آنّا', '👩‍👩‍👧', 'می‌خواهم', '<b>Ada</b> & "co"', 'x'])(
    'may be in any script, and is kept as it is: %s',
    (name) => {
      expect([displayNameOf(name), isDisplayName(name)]).toEqual([name, true]);
    },
  );

  it.each([
    ['a line break', 'Ada\nHost', 'Ada Host'],
    ['a control character', 'Ada\u0007', 'Ada'],
    ['what turns the direction of writing round', 'Ada\u202etsoh', 'Ada tsoh'],
    ['an isolate', '\u2066Ada\u2069', 'Ada'],
    ['a zero-width space', 'A\u200bda', 'A da'],
    ['half a character', 'Ada\ud800', 'Ada'],
  ])('is refused with %s where it was typed, and cleared of it where a token has it', (_, name, cleared) => {
    expect([isDisplayName(name), displayNameOf(name)]).toEqual([false, cleared]);
  });

  it('has 64 characters at most, whatever their size: a longer one is refused, or cut', () => {
    expect(isDisplayName('😀'.repeat(64))).toBe(true);
    expect(isDisplayName('😀'.repeat(65))).toBe(false);
    expect(displayNameOf('😀'.repeat(65))).toBe('😀'.repeat(64));
  });

  it('collapses the spaces between its words', () => {
    expect(displayNameOf('  Ada \u00a0 Lovelace ')).toBe('Ada Lovelace');
  });

  it.each(['', '  ', '\n', '\u200b', '\u200d\u200d', '\u3164', '\u2800', '\ufe0f', '\ufffe'])(
    'is absent where no character is visible: %j',
    (name) => {
      expect([displayNameOf(name), isDisplayName(name)]).toEqual([undefined, false]);
    },
  );
});
