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
