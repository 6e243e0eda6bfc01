import { findingsIn } from '../../scripts/check-words/findings.ts';

const usesOf = (text: string, isProse = false) =>
  findingsIn(text, isProse).map(({ line, use }) => [line, use]);

describe('the check of words', () => {
  it('names the line of an outdated word, and the word to write', () => {
    const text = 'const a = 1;\n/** The sweep deletes it. */';
    expect(usesOf(text)).toEqual([[2, 'write: reconciler, reconcile']]);
  });

  it.each([
    ['// Nobody reads this.'],
    ['/** Whoever draws a ticket has a seat. */'],
    [' * Who joins again keeps the seat.'],
    ["it('nobody is seated twice', () => {"],
  ])('refuses %j, because its sentence names no actor', (line) => {
    expect(usesOf(line)).toEqual([[1, 'begin the sentence with its actor']]);
  });

  it('refuses a sentence of a document that begins with a pronoun', () => {
    expect(usesOf('A replica is full. Whoever comes next waits.', true)).toEqual([
      [1, 'begin the sentence with its actor'],
    ]);
  });

  it('accepts a question, and a pronoun that does not begin a sentence', () => {
    expect(usesOf('/** Who asks? */')).toEqual([]);
    expect(usesOf('// The caller, whoever it is, has a token.')).toEqual([]);
  });
});
