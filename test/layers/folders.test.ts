import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** About as many files as a reader takes in at a glance. */
const MOST_FILES = 20;

/** Folders that hold more, each with the reason. */
const EXCEPTIONS: Record<string, string> = {
  handlers: 'one file for each Lambda function, as serverless.yml lists them',
  docs: 'one page for each mechanism, and docs/design.md lists them',
  'emulator/signaling': 'one protocol: a file for each kind of frame that it answers',
  'web/room': 'one page: a file for each part that a person sees',
};

const ignored = readFileSync('.gitignore', 'utf8').split('\n').filter(Boolean);

/** The files below a folder that Git does not ignore. A machine that runs the tests may lack Git. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const { name } = entry;
    const path = join(folder, name);
    if (name === '.git' || ignored.includes(`${name}/`) || ignored.includes(`${path}/`)) return [];
    if (entry.isDirectory()) return filesIn(path);
    return ignored.some((pattern) => matchesGlob(name, pattern)) ? [] : [path];
  });
}

/** A pattern of .gitignore for files has at most one star. */
function matchesGlob(name: string, pattern: string): boolean {
  const [start = '', end] = pattern.split('*');
  return end === undefined ? name === start : name.startsWith(start) && name.endsWith(end);
}

describe('the folders of the repository', () => {
  it('hold at most twenty files each, but for those with a stated reason', () => {
    const sizes = new Map<string, number>();
    for (const file of filesIn('.')) sizes.set(dirname(file), (sizes.get(dirname(file)) ?? 0) + 1);
    expect(sizes.size).toBeGreaterThan(30);
    const fuller = [...sizes].filter(([, size]) => size > MOST_FILES).map(([folder]) => folder);
    expect(fuller.filter((folder) => !(folder in EXCEPTIONS))).toEqual([]);
    expect(Object.keys(EXCEPTIONS).filter((folder) => !fuller.includes(folder))).toEqual([]);
  });
});
