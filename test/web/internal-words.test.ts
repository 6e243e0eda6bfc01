import { readdirSync, readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { Refusal } from '../../client/refusal.ts';
import { ALL_MEDIA_REGIONS } from '../../lib/domain/geo/media-regions.ts';
import { type RefusalCode, refusals } from '../../lib/refusals.ts';
import { CITIES, cityOf } from '../../web/cities.ts';
import { plainly } from '../../web/room/words.ts';
import { internalWordsIn } from '../support/internal-words.ts';

const ROOM = 'web/room';
/** Shows the facts of the service, behind a disclosure. */
const DISCLOSED = 'details.ts';
const files = readdirSync(ROOM, { encoding: 'utf8', recursive: true }).filter(
  (file) => file.endsWith('.ts') && file !== DISCLOSED,
);

/** The sentences and labels in a program: its literals with a space, or of one capitalized word. */
function textsIn(program: string): string[] {
  const { code } = transformSync(program, {
    loader: 'ts',
    charset: 'utf8',
    minifyWhitespace: true, // leaves comments out
    supported: { 'template-literal': false },
  });
  const literals = code.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g);
  const texts = [...literals].map(([, double = '', single = '']) => double || single);
  return texts.filter((text) => /\p{L}.*\s|\s.*\p{L}/u.test(text) || /^[A-Z][a-z]+$/.test(text));
}

/** The texts of a page: all that stands between its tags, and the attributes that people read or hear. */
function textOfPage(page: string): string {
  const attributes = [...page.matchAll(/(?:aria-label|placeholder|title|alt)="([^"]*)"/g)].map(
    ([, text]) => text,
  );
  return [page.replace(/<[^>]*>/g, ' '), ...attributes].join('\n');
}

describe('the room has no internal word', () => {
  it('in the text and the labels of its page', () => {
    const page = readFileSync(`${ROOM}/index.html`, 'utf8');
    expect(textOfPage(page)).toContain('Join a meeting');
    expect(internalWordsIn(textOfPage(page))).toEqual([]);
  });

  it.each(files)('in the sentences and labels of %s', (file) => {
    expect(internalWordsIn(textsIn(readFileSync(`${ROOM}/${file}`, 'utf8')).join('\n'))).toEqual([]);
  });

  it.each(Object.keys(refusals) as RefusalCode[])(
    'in its message for %s, whatever the service said',
    (code) => {
      const problem = {
        code,
        detail: 'externalMeetingId: no seat in replica 2 of eu-central-1',
        requestId: 'r-7',
      };
      for (const field of ['', 'displayName', 'mediaRegion', 'capabilities.Audio'])
        expect(internalWordsIn(plainly(new Refusal(refusals[code].status, { ...problem, field })))).toEqual(
          [],
        );
    },
  );

  it('in its message for an error that was not foreseen', () => {
    expect(internalWordsIn(plainly(new Error('The primary of epoch 2 is dead.')))).toEqual([]);
  });
});

describe('the check of internal words', () => {
  it('finds terms of the service, region ids, names of fields and codes', () => {
    const text = 'Epoch 2: your seat in replica 0, eu-central-1, is promoted. maxReplicas: NOT_PROMOTED.';
    const found = ['Epoch', 'seat', 'replica', 'promoted', 'eu-central-1', 'maxReplicas', 'NOT_PROMOTED'];
    expect(internalWordsIn(text)).toEqual(found);
  });

  it('reads sentences, parts of templates and labels in programs, and no values', () => {
    const program = [
      'tell(is ? `Ada, $' + "{n} of us` : 'No one is here'); // a comment of words",
      "say('Viewer'); of('primary'); at('NOT_PROMOTED');",
    ].join('\n');
    expect(textsIn(program)).toEqual(['Ada, ', ' of us', 'No one is here', 'Viewer']);
  });
});

describe('the city of a media region', () => {
  it('is known for each one, and no two have the same', () => {
    expect(new Set(ALL_MEDIA_REGIONS.map(cityOf)).size).toBe(ALL_MEDIA_REGIONS.length);
    expect(Object.keys(CITIES).sort()).toEqual([...ALL_MEDIA_REGIONS].sort());
    expect(internalWordsIn(Object.values(CITIES).join(', '))).toEqual([]);
  });

  it('is the id itself where the page does not know the region', () => {
    expect(cityOf('mars-north-1')).toBe('mars-north-1');
  });
});
