import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { until } from '../../local/until.ts';
import { aDirectory, alive, chimeWith, closeAll, joinTokens } from './support.ts';

const children: ChildProcess[] = [];

/** An environment without account, profile or terminal. */
const ENVIRONMENT = {
  PATH: process.env.PATH,
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** Runs the program in a directory of its own, or in this one. */
function start(args: string[], cwd = aDirectory()) {
  const program = ['--import', 'tsx', resolve('scripts/conformance.ts'), ...args];
  const child = spawn(process.execPath, program, {
    cwd,
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const chunks = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (chunks.stdout += chunk));
  child.stderr.on('data', (chunk) => (chunks.stderr += chunk));
  const done = once(child, 'close').then(([code]) => ({ code, ...chunks }));
  return { child, cwd, done };
}

/** A running program that has opened a meeting and written it to its journal. */
async function atIt(endpoint: string) {
  const started = start(['--endpoint', endpoint, '--calls-per-second', '1']);
  const texts = () => readdirSync(started.cwd).map((name) => readFileSync(join(started.cwd, name), 'utf8'));
  await until(() => texts().some((text) => text.includes('\n')));
  return started;
}

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await closeAll();
});

describe('npm run conformance', () => {
  it('exits with 0 where no behaviour differs, with a document, no join token and no journal', async () => {
    const chime = await chimeWith();
    const { cwd, done } = start(['--endpoint', chime.url, '--calls-per-second', '1000', '--json']);
    const { code, stdout, stderr } = await done;
    expect([code, readdirSync(cwd), alive(chime)]).toEqual([0, [], []]);
    const document = JSON.parse(stdout);
    expect(document.chime).toMatchObject({
      endpoint: chime.url,
      account: '********3333',
      flags: '',
      left: [],
    });
    expect(document.chime.notAsked.length).toBeGreaterThan(10);
    const tokens = joinTokens(chime);
    expect(tokens.length).toBeGreaterThan(300);
    expect(tokens.filter((token) => (stdout + stderr).includes(token))).toEqual([]);
    expect(stdout + stderr).not.toContain('111122223333');
  });

  it('exits with 1 where a behaviour differs, and prints how to set the emulator', async () => {
    const chime = await chimeWith({ secondDeleteError: 'ForbiddenException', tokenMismatch: 'error' });
    const { code, stdout } = await start(['--endpoint', chime.url, '--calls-per-second', '1000']).done;
    expect(code).toBe(1);
    expect(stdout).toContain('        set         --second-delete-error ForbiddenException\n');
    expect(stdout).toContain('        set         --token-mismatch error\n');
    expect(stdout).toContain('Not asked:');
    expect(alive(chime)).toEqual([]);
  });

  it('deletes open meetings when it receives a signal to end', async () => {
    const chime = await chimeWith();
    const { child, cwd, done } = await atIt(chime.url);
    child.kill('SIGINT');
    const { code, stdout } = await done;
    expect([code, readdirSync(cwd), alive(chime)]).toEqual([2, [], []]);
    expect(stdout).toContain('not begun: Error: interrupted');
  });

  it('leaves a journal without secrets when it is killed, and --clean deletes its meetings', async () => {
    const chime = await chimeWith();
    const { child, cwd, done } = await atIt(chime.url);
    child.kill('SIGKILL');
    await done;
    const [file = ''] = readdirSync(cwd);
    const journal = readFileSync(join(cwd, file), 'utf8');
    expect(alive(chime)).toHaveLength(1);
    expect(journal).toContain(alive(chime)[0]);
    expect(joinTokens(chime).filter((token) => journal.includes(token))).toEqual([]);
    const { code, stdout } = await start(['--endpoint', chime.url, '--clean'], cwd).done;
    expect([code, stdout, readdirSync(cwd)]).toEqual([0, 'Meetings deleted: 1. Left: 0.\n', []]);
    expect(alive(chime)).toEqual([]);
  });
});

describe('npm run conformance with invalid arguments', () => {
  it('sends no request to an account when there is no terminal to confirm it', async () => {
    const { code, stdout, stderr } = await start(['--profile', 'lab']).done;
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('at https://meetings-chime.us-east-1.amazonaws.com, as profile lab');
    expect(stderr).toContain('--yes: required without a terminal to confirm on');
  });

  it('explains the error, without the token', async () => {
    const { code, stdout, stderr } = await start([
      '--stack-url',
      'https://live.example',
      '--token-host',
      'hush',
    ]).done;
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('a token is no JWT with a sub');
    expect(stderr).not.toContain('hush');
  });
});
