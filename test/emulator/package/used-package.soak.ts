import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { WebSocket } from 'ws';
import { until } from '../../../local/until.ts';
import { run } from '../../packages/packing.ts';
import { addPackages, link, type PackedEmulator, packedEmulator } from './packed-emulator.ts';
import { endAll, npx } from './started.ts';

let packed: PackedEmulator;
beforeAll(() => {
  packed = packedEmulator();
});
afterAll(async () => {
  await endAll();
  packed?.remove();
});

const tool = (name: string) => resolve('node_modules/.bin', name);

/** A program of a user, with the parts of the API that its types describe. */
const PROGRAM = `
import { createEmulator, type Delivery, type EmulatorOptions, type RunningEmulator, startEmulator } from 'balcony-chime-emulator';
const options: Partial<EmulatorOptions> = { replicasPerPrimary: 2, capacityError: 'only-at-connect' };
const emulator: RunningEmulator = await startEmulator({ ...options, port: 0, signaling: true, log: (line: string) => void line });
const now: number = emulator.clock.pass(1000);
emulator.faults.add({ operation: 'CreateMeeting', fault: 'slow', delayMs: now });
emulator.events.on(({ via, event }: Delivery) => void (via === 'SQS' && event.detail.meetingId satisfies string))();
emulator.meetings.presence('meeting', 'attendee', 'dropped');
createEmulator(options, { now: () => 0 }).handle({ method: 'GET', path: '/', query: {}, headers: {}, body: '' }).status satisfies number;
// @ts-expect-error no such fault
emulator.faults.add({ operation: 'CreateMeeting', fault: 'earthquake' });
// @ts-expect-error no such option
await startEmulator({ burts: 1 });
// @ts-expect-error internal
emulator.state;
await emulator.stop();
`;

const DYNAMIC = `
import('balcony-chime-emulator').then(async ({ startEmulator }) => {
  const emulator = await startEmulator();
  const response = await fetch(emulator.url + '/nearest-media-region');
  console.log(response.status, await response.text());
  await emulator.stop();
});
`;

describe('the packed emulator in another project', () => {
  it.each([
    ['node16', ['program.mts', 'program.cts']],
    ['bundler', ['program.mts']],
  ])('has types that a strict program can use with %s resolution', (resolution, files) => {
    writeFileSync(join(packed.folder, 'program.mts'), PROGRAM);
    writeFileSync(join(packed.folder, 'program.cts'), `${DYNAMIC}export {};`);
    const module = resolution === 'bundler' ? 'esnext' : 'node16';
    const strict = [
      '--strict',
      '--exactOptionalPropertyTypes',
      '--noEmit',
      '--types',
      '',
      '--lib',
      'es2022,dom',
    ];
    const how = ['--target', 'es2022', '--module', module, '--moduleResolution', resolution];
    run(packed.folder, tool('tsc'), ...strict, ...how, ...files);
  });

  it('can be imported by a CommonJS program', () => {
    writeFileSync(join(packed.folder, 'program.cjs'), DYNAMIC);
    expect(run(packed.folder, process.execPath, 'program.cjs')).toBe('200 {"region":"us-east-1"}\n');
  });
});

describe('npx balcony-chime-emulator --signaling', () => {
  const start = () => npx(packed.folder, 'balcony-chime-emulator', '--signaling', '--port', '0');

  it('serves the control plane in an empty folder, and says what to install for clients', async () => {
    const { url, output } = await start();
    expect((await fetch(`${url}/_emulator/options`)).status).toBe(200);
    await until(() => output().includes('To install'));
    expect(output()).toContain(
      'Clients cannot join: ws, amazon-chime-sdk-js, and werift are not installed. ' +
        'To install: npm install ws@8 amazon-chime-sdk-js@3 werift@0.24\n',
    );
  });

  it('lets clients join once those packages are installed', async () => {
    addPackages(packed, 'ws', 'amazon-chime-sdk-js', 'werift');
    const { url, output } = await start();
    await until(() => output().includes('Clients join at'));
    expect(output()).toContain(`Clients join at ${url.replace('http', 'ws')}, with audio and video\n`);
    const socket = new WebSocket(`${url.replace('http', 'ws')}/control/none`, ['_aws_wt_session', 'token']);
    const code = await new Promise((closed) => socket.once('close', closed));
    expect(code).toBe(4403);
  });

  it('refuses an invalid flag with the name of the option, and fails', () => {
    const refused = () => run(packed.folder, 'npx', '--offline', 'balcony-chime-emulator', '--burst=many');
    expect(refused).toThrow(/expected number, received string\n {2}→ at burst\n/);
  });
});

describe('the examples with the packed emulator', () => {
  it.each([
    ['emulator-jest', 'jest', 'jest/bin/jest.js', /Tests: +2 passed, 2 total/],
    ['emulator-vitest', 'vitest', 'vitest/vitest.mjs', /Tests +2 passed \(2\)/],
  ])('%s passes', (example, runner, bin, passed) => {
    const folder = join(packed.folder, example);
    cpSync(join('examples', example), folder, { recursive: true });
    const own = join(folder, 'node_modules');
    mkdirSync(own);
    for (const name of ['@aws-sdk/client-chime-sdk-meetings', runner])
      link(resolve('node_modules', name), join(own, name));
    link(resolve('node_modules', bin), join(own, '.bin', runner));
    const command = 'npm test -- --no-color 2>&1';
    expect(run(folder, 'sh', '-c', command)).toMatch(passed);
  });
});
