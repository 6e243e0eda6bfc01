import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beginStack, discardAll, npmStart } from '../../local/npm-start.ts';
import { until } from '../../local/until.ts';

afterAll(discardAll);

describe('a developer presses Ctrl-C', () => {
  it('and it exits with 0, leaving no process and no file behind', async () => {
    const other = await npmStart();
    expect(await other.endAll('SIGINT')).toBe(0);
    await until(() => !other.isRunning());
    expect(readdirSync(other.directory)).toEqual([]);
  });
});

describe('a killed npm process', () => {
  it('lets every process that it started end', async () => {
    const other = await npmStart();
    await other.end('SIGKILL');
    await until(() => !other.isRunning());
    expect(readdirSync(other.directory)).toEqual([]);
  });
});

describe('npm start that is still starting', () => {
  it.each([
    ['at Ctrl-C', 'endAll', 'SIGINT'],
    ['where npm is killed', 'end', 'SIGKILL'],
  ] as const)('ends %s, leaving no process and no file behind', async (_, end, signal) => {
    const other = beginStack();
    await until(() => readdirSync(other.directory).length > 0);
    expect(readdirSync(other.directory)).not.toContain('stack.json');
    await other[end](signal);
    await until(() => !other.isRunning(), { withinMs: 60_000 });
    expect(readdirSync(other.directory)).toEqual([]);
  });
});

describe('a process of npm start that is slower than the end of npm', () => {
  it('ends, leaving no file behind', async () => {
    const preload = resolve('test/e2e/hold-offline.cjs');
    const other = beginStack({}, { NODE_OPTIONS: `--require ${preload}` });
    await until(() => existsSync(join(other.directory, 'held')));
    await other.end('SIGKILL');
    writeFileSync(join(other.directory, 'go-on'), '');
    await until(() => !other.isRunning(), { withinMs: 60_000 });
    expect(readdirSync(other.directory)).toEqual(['go-on', 'held']);
  });
});

describe('npm start in a folder with a space in its name', () => {
  const project = join('.local', `copy of ${process.pid}`);
  beforeAll(() => {
    const files = ['client', 'emulator', 'handlers', 'infra', 'lib', 'local', 'web'];
    for (const file of [...files, 'package.json', 'serverless.yml', 'tsconfig.json'])
      cpSync(file, join(project, file), { recursive: true });
    symlinkSync(resolve('node_modules'), join(project, 'node_modules'));
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it('names a fault in a handler, and ends with 1, leaving no process and no file behind', async () => {
    appendFileSync(join(project, 'handlers/health.ts'), 'const fault = ;');
    const other = beginStack({}, {}, project);
    await until(() => other.npm.exitCode !== null, { withinMs: 120_000, told: other.output });
    expect(other.npm.exitCode).toBe(1);
    expect(other.output()).toContain('handlers/health.ts:7');
    await until(() => !other.isRunning());
    expect(readdirSync(other.directory)).toEqual([]);
  });
});

describe('a killed program that had started npm start', () => {
  it('lets the stack end', async () => {
    const starter = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
    const other = await npmStart({}, { STOP_WITH: `${starter.pid}` });
    expect(other.isRunning()).toBe(true);
    starter.kill('SIGKILL');
    await until(() => !other.isRunning());
    expect(readdirSync(other.directory)).toEqual([]);
  });
});
