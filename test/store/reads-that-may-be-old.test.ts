import { readdirSync, readFileSync } from 'node:fs';

/** A call that reads from the table. All others go through these. */
const READ = /new (?:Get|Query|Scan|BatchGet)Command\(|\breadAll\(/g;
/** `readAll` itself, whose callers say how to read. */
const ON_BEHALF = ['lib/store/batch.ts'];

const files = readdirSync('lib', { recursive: true, encoding: 'utf8' })
  .map((file) => `lib/${file}`)
  .filter((file) => file.endsWith('.ts') && !ON_BEHALF.includes(file));
const readsIn = (text: string) => text.match(READ) ?? [];

/** The top-level functions of a file, by their names. */
function functionsOf(file: string): [string, string][] {
  const [, ...parts] = readFileSync(file, 'utf8').split(/^(?=(?:export )?(?:async )?function )/m);
  return parts.map((text) => [/function (\w+)/.exec(text)?.[1] ?? '', text]);
}

/** The functions that read without `ConsistentRead`. */
const mayBeOld = () =>
  files.flatMap((file) =>
    functionsOf(file)
      .filter(([, text]) => readsIn(text).length > (text.match(/ConsistentRead: true/g) ?? []).length)
      .map(([name]) => `${file.replace('lib/', '')} ${name}`),
  );

/** The first cell of each row of the table in docs/design.md, and whether there is a reason. */
function documented(): { read: string; reason: string }[] {
  const [, section = ''] = readFileSync('docs/design.md', 'utf8').split('## Reads that may be old\n');
  const rows = section.split(/^## /m)[0]?.matchAll(/^\| `(\w+)` of `([\w/.-]+)` \|[^|]*\| (.+) \|$/gm) ?? [];
  return [...rows].map(([, name, file, reason = '']) => ({ read: `${file} ${name}`, reason }));
}

describe('a read of the table', () => {
  it('is consistent, except those that docs/design.md lists with a reason', () => {
    const listed = documented();
    expect(listed.map(({ read }) => read).toSorted()).toEqual(mayBeOld().toSorted());
    expect(listed.filter(({ reason }) => reason.length < 40)).toEqual([]);
  });

  it('stands in a function with a name', () => {
    for (const file of files) {
      const inFunctions = functionsOf(file).flatMap(([, text]) => readsIn(text));
      expect([file, inFunctions.length]).toEqual([file, readsIn(readFileSync(file, 'utf8')).length]);
    }
  });
});
