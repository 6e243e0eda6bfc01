import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';

/** About as many files as a reader takes in at a glance. */
const MOST_FILES = 20;

/** Folders that hold more, each with the reason. */
const EXCEPTIONS: Record<string, string> = {
  handlers: 'one file for each Lambda function, as serverless.yml lists them',
  docs: 'one page for each mechanism, and docs/design.md lists them',
  'emulator/signaling': 'one protocol: a file for each kind of frame that it answers',
  'web/room': 'one page: a file for each part that a person sees',
};

const tracked = () =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);

describe('the folders of the repository', () => {
  it('hold at most twenty files each, but for those with a stated reason', () => {
    const sizes = new Map<string, number>();
    for (const file of tracked()) sizes.set(dirname(file), (sizes.get(dirname(file)) ?? 0) + 1);
    expect(sizes.size).toBeGreaterThan(30);
    const fuller = [...sizes].filter(([, size]) => size > MOST_FILES).map(([folder]) => folder);
    expect(fuller.filter((folder) => !(folder in EXCEPTIONS))).toEqual([]);
    expect(Object.keys(EXCEPTIONS).filter((folder) => !fuller.includes(folder))).toEqual([]);
  });
});
