import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { discardAll, npmStart, type StartedStack } from '../../local/npm-start.ts';
import { until } from '../../local/until.ts';

let stack: StartedStack;
beforeAll(async () => {
  stack = await npmStart();
});
afterAll(discardAll);

/** The shell blocks of one section of the README, as a reader would paste them, at the ports of this stack. */
function commandsOf(section: string): string {
  const readme = readFileSync('README.md', 'utf8');
  const text = readme.split(/^## /m).find((part) => part.startsWith(section)) ?? '';
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block]) => block);
  return blocks
    .join('\n')
    .replaceAll('http://localhost:3000', stack.urls.api)
    .replaceAll('http://localhost:3003', stack.urls.issuer);
}

/** Before the commands, on a machine without curl: a function that stands in for it. */
const CURL = 'command -v curl > /dev/null || curl() { node test/e2e/curl.mjs "$@"; }';

describe("pasting the README's first join", () => {
  it('seats a host in the primary, a viewer in a replica near them, and shows the topology', () => {
    const commands = `${CURL}\n${commandsOf('A first join')}`;
    const output = execFileSync('bash', ['-c', commands], { encoding: 'utf8' });
    const [host, viewer, topology] = output.split(/(?<=\})(?=\{)/).map((line) => JSON.parse(line));
    expect(host).toMatchObject({ status: 'joined', role: 'host', placement: { kind: 'primary' } });
    expect(viewer).toMatchObject({ status: 'joined', placement: { mediaRegion: 'eu-central-1' } });
    expect(viewer.Meeting.PrimaryMeetingId).toBe(host.Meeting.MeetingId);
    expect(topology).toMatchObject({ status: 'live', viewers: 1, primary: { seatsTaken: 1 } });
  });

  it('is written with the commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const named = [...readFileSync('README.md', 'utf8').matchAll(/npm (?:run )?(start|test|check|package)/g)];
    for (const [, script = ''] of named) expect(Object.keys(scripts)).toContain(script);
  });
});

describe('a process manager ends npm start', () => {
  it('and it exits with 0, leaving no process and no file behind', async () => {
    expect(await stack.end('SIGTERM')).toBe(0);
    await until(() => !stack.isRunning());
    expect(existsSync(join(stack.directory, 'stack.json'))).toBe(false);
    expect(readdirSync(stack.directory)).toEqual([]);
  });
});
