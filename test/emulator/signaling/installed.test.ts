import { startEmulator } from '../../../emulator/server.ts';

/** Start where a package cannot be loaded, as where it was not installed. */
async function startWithout(name: string) {
  jest.resetModules();
  jest.doMock(name, () => {
    throw new Error(`Cannot find module '${name}'`);
  });
  const lines: string[] = [];
  const emulator = await startEmulator({ signaling: true, log: (line) => lines.push(line) });
  await emulator.stop();
  return emulator;
}

describe('signaling depends on optional packages', () => {
  afterEach(() => {
    for (const name of ['ws', 'werift']) jest.dontMock(name);
  });

  it('without ws the control plane works, and returns the URLs of AWS', async () => {
    const { notice, options } = await startWithout('ws');
    expect([notice, options.signalingUrlBase]).toEqual([
      'Clients cannot join: ws is not installed. To install: npm install ws@8',
      null,
    ]);
  });

  it('without werift clients join without media', async () => {
    const { notice, options, port } = await startWithout('werift');
    expect(notice).toBe(
      `Clients join at ws://127.0.0.1:${port}, without audio and video: werift is not installed. ` +
        'To install: npm install werift@0.24',
    );
    expect(options.signalingUrlBase).toBe(`ws://127.0.0.1:${port}`);
  });

  it('signaling is off by default', async () => {
    const emulator = await startEmulator();
    await emulator.stop();
    expect([emulator.notice, emulator.options.signalingUrlBase]).toEqual([undefined, null]);
  });
});
