import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { discardAll, npmStart } from '../../local/npm-start.ts';
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
