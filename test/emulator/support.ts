import { ChimeSDKMeetings, type Meeting } from '@aws-sdk/client-chime-sdk-meetings';
import { type RunningEmulator, type StartOptions, startEmulator } from '../../emulator/server.ts';

/*
 * The suite in operations/ says what Chime does, and can be put to AWS itself:
 *
 *   REMOTE=1 AWS_REGION=us-east-1 npx jest --runInBand test/emulator/operations
 *
 * The files beside this one need what only an emulator has (its clock, faults, switches and out-of-band API);
 * they always start one, and the command above does not select them. Against AWS every request waits its turn,
 * so that ten requests a second are never exceeded, and the meetings that were opened are deleted at the end.
 */

const isRemote = process.env.REMOTE === '1';
const REMOTE_PACE_MS = 150;
const AMPLE = { ratePerSecond: 10_000, burst: 10_000 };

export interface World {
  /** Tries once; a refusal is seen as it came. */
  chime: ChimeSDKMeetings;
  close(): Promise<void>;
}

export interface EmulatedWorld extends World {
  emulator: RunningEmulator;
}

/** Chime for the tests of one file: an emulator of its own, or AWS when REMOTE=1. */
export function useChime(): { readonly chime: ChimeSDKMeetings } {
  return use(() => (isRemote ? onAws() : onEmulator(AMPLE)));
}

/** An emulator for each test of the surrounding describe, with the default quotas unless told otherwise. */
export function useEmulator(options: StartOptions = {}): Readonly<Pick<EmulatedWorld, 'chime' | 'emulator'>> {
  let world: EmulatedWorld | undefined;
  beforeEach(async () => {
    world = await onEmulator(options);
  });
  afterEach(() => world?.close());
  return {
    get chime() {
      return started(world).chime;
    },
    get emulator() {
      return started(world).emulator;
    },
  };
}

function use(start: () => World | Promise<World>): { readonly chime: ChimeSDKMeetings } {
  let world: World | undefined;
  beforeAll(async () => {
    world = await start();
  });
  afterAll(() => world?.close());
  return {
    get chime() {
      return started(world).chime;
    },
  };
}

function started<Value>(world: Value | undefined): Value {
  if (world === undefined) throw new TypeError('The world is there only while a test runs');
  return world;
}

async function onEmulator(options: StartOptions): Promise<EmulatedWorld> {
  const emulator = await startEmulator(options);
  const chime = clientOf(emulator);
  const close = () => {
    chime.destroy();
    return emulator.stop();
  };
  return { chime, emulator, close };
}

/** A client of an emulator, in the control region and with the access key that are asked for. */
export const clientOf = ({ url }: RunningEmulator, as?: Parameters<typeof clientAt>[1]) => clientAt(url, as);

/** The same for an emulator that runs elsewhere. */
export function clientAt(
  url: string,
  { controlRegion = 'us-east-1', accessKeyId = 'AKIDEMULATOR' } = {},
): ChimeSDKMeetings {
  const credentials = { accessKeyId, secretAccessKey: 'none' };
  return new ChimeSDKMeetings({ endpoint: url, region: controlRegion, credentials, maxAttempts: 1 });
}

function onAws(): World {
  const chime = new ChimeSDKMeetings({ maxAttempts: 1 });
  const opened = new Set<string>();
  let turn = Promise.resolve();
  chime.middlewareStack.add(
    (next) => async (args) => {
      turn = turn.then(() => new Promise((resolve) => setTimeout(resolve, REMOTE_PACE_MS)));
      await turn;
      const answer = await next(args);
      const { Meeting } = answer.output as { Meeting?: Meeting };
      if (Meeting?.MeetingId) opened.add(Meeting.MeetingId);
      return answer;
    },
    { step: 'initialize' },
  );
  return { chime, close: () => deleteAll(chime, [...opened]) };
}

async function deleteAll(chime: ChimeSDKMeetings, meetingIds: string[]): Promise<void> {
  for (const MeetingId of meetingIds) await chime.deleteMeeting({ MeetingId }).catch(() => {});
}
