import { existsSync, readFileSync } from 'node:fs';
import { participantKey } from '../../lib/store/keys.ts';

const page = readFileSync('docs/security.md', 'utf8');

/** Each test that is pointed at, and the facts that are quoted from it. */
function evidence(): [string, string][] {
  const cited = page.replaceAll('\n', ' ').matchAll(/\[(test\/[\w./-]+)\]\(\.\.\/\1\)((?:,? \*[^*]+\*)+)/g);
  return [...cited].flatMap(([, file = '', quoted = '']) =>
    [...quoted.matchAll(/\*([^*]+)\*/g)].map(([, fact = '']): [string, string] => [file, fact]),
  );
}

const rows = page.split('\n').filter((line) => /^\| [A-Z]/.test(line));

describe('the page about security', () => {
  it.each(evidence())('quotes a title of %s exactly: %s', (file, fact) => {
    expect(readFileSync(file, 'utf8')).toContain(fact);
  });

  it('quotes a title wherever it refers to a test', () => {
    const pointed = [...page.matchAll(/\]\(\.\.\/(test\/[\w./-]+)\)/g)].map(([, file]) => file);
    const quoted = new Set(evidence().map(([file]) => file));
    expect([...new Set(pointed)].filter((file) => !quoted.has(file ?? ''))).toEqual([
      'test/docs/security.test.ts',
    ]);
  });

  it('refers to a test for every attack that it calls stopped', () => {
    const attacks = rows.filter((row) => row.split(' | ').length > 3);
    expect(attacks.length).toBeGreaterThan(25);
    for (const attack of attacks) expect(attack).toMatch(/\]\(\.\.\/test\//);
  });

  it('has no broken link', () => {
    const links = [...page.matchAll(/\]\((\.\.\/[^)]+)\)/g)].map(([, link = '']) => link.slice('../'.length));
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });

  it('names the key of a participant’s record', () => {
    const { pk, sk } = participantKey('all-hands', 'linus');
    expect(page).toContain(`'{"pk":{"S":"${pk}"},"sk":{"S":"${sk}"}}'`);
  });
});
