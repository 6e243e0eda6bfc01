import { startEmulator } from '../../emulator/server.ts';
import { useSandbox } from './support/sandbox.ts';

jest.mock('werift', () => {
  throw new Error("Cannot find module 'werift'");
});

/** In this process, which has no werift. */
const sandbox = useSandbox({ startEmulator: () => startEmulator({ signaling: true }) });

describe('where werift is not installed', () => {
  it('clients join, see each other and are promoted, without sound', async () => {
    const primary = await sandbox.primary();
    const replica = await sandbox.replica(primary);
    const ada = await sandbox.enter(primary, 'ada', { speaks: true });
    const linus = await sandbox.enter(replica, 'linus');
    await Promise.all([ada, linus].map((person) => person.untilTold('started')));
    expect(await linus.call('promote', await sandbox.admit(primary, 'promoted-linus'))).toBe('OK');
    await Promise.all([ada, linus].map((person) => person.untilPresent('ada', 'promoted-linus')));
    expect(sandbox.emulator.notice).toContain('without audio and video');
  });
});
