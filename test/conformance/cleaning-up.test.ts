import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { RunningEmulator } from '../../emulator/server.ts';
import { listen } from '../../local/listen.ts';
import { clean } from '../../scripts/conformance/clean.ts';
import { type Experiment, UNKNOWN } from '../../scripts/conformance/experiment.ts';
import { experimentsFor } from '../../scripts/conformance/experiments.ts';
import { journalIn, leftoverJournals } from '../../scripts/conformance/journal.ts';
import { outOfBand } from '../emulator/out-of-band.ts';
import { aDirectory, alive, ask, chimeWith, closeAll, hurried, joinTokens } from './support.ts';

const experiments = experimentsFor({});
const named = (id: string) => experiments.find((each) => each.id === id) as Experiment;
const repeat = named('token-repeat');
const here = ({ url }: RunningEmulator) => ({ region: 'us-east-1', endpoint: url });

/** An experiment that opens a primary and a replica of it, connects a person, and gets no further. */
const breaking = (why: () => Error): Experiment => ({
  id: 'breaking',
  asks: 'what cannot be asked',
  settles: {},
  ask: async ({ open, admit }) => {
    const primary = await open();
    await admit(await open({ PrimaryMeetingId: primary.MeetingId }));
    throw why();
  },
});

const fault = (chime: RunningEmulator, operation: string, times: number, kind: string) =>
  outOfBand(chime, 'POST faults', { operation, times, fault: kind });

afterEach(closeAll);

describe('an experiment that breaks', () => {
  it('deletes the meetings that it opened, reports why it broke, and the next experiment runs', async () => {
    const chime = await chimeWith();
    const directory = aDirectory();
    const journal = journalIn(directory, 'test');
    const { findings, left } = await ask(chime, [breaking(() => new Error('broken')), repeat], { journal });
    expect(findings).toMatchObject([{ verdict: 'unknown', why: 'Error: broken' }, { verdict: 'same' }]);
    expect([alive(chime), left, readdirSync(directory)]).toEqual([[], [], []]);
  });

  it('is the last one, when the credentials were rejected', async () => {
    const chime = await chimeWith();
    const expired = () => Object.assign(new Error('The token expired'), { name: 'ExpiredTokenException' });
    const { findings } = await ask(chime, [breaking(expired), repeat]);
    expect(findings.map(({ why }) => why)).toEqual([
      'ExpiredTokenException: The token expired',
      'not begun: the caller was not let in',
    ]);
    expect(alive(chime)).toEqual([]);
  });

  it('reports no finding after an outage', async () => {
    const chime = await chimeWith();
    await fault(chime, 'CreateMeeting', 1, 'error-500');
    const { findings } = await ask(chime, [named('primary-unknown'), repeat]);
    expect(findings).toMatchObject([{ verdict: 'unknown' }, { verdict: 'same' }]);
    expect(findings[0]?.why).toContain('ServiceFailureException');
  });

  it('does not stop the next one when only its own call was denied', async () => {
    const chime = await chimeWith();
    const denied = () => Object.assign(new Error('Not in this region'), { name: 'AccessDeniedException' });
    const { findings } = await ask(chime, [breaking(denied), repeat]);
    expect(findings).toMatchObject([{ verdict: 'unknown' }, { verdict: 'same' }]);
  });

  it('is repeated when it was throttled', async () => {
    const chime = await chimeWith();
    await fault(chime, 'CreateMeeting', 3, 'throttle');
    const { findings } = await ask(chime, [repeat], { clock: hurried() });
    expect(findings).toMatchObject([{ verdict: 'same' }]);
  });
});

describe('a run that is interrupted', () => {
  it('deletes open meetings, and starts no further experiment', async () => {
    const chime = await chimeWith();
    const stop = new AbortController();
    const interrupting: Experiment = {
      ...repeat,
      ask: async (lab) => {
        await lab.open();
        stop.abort(new Error('interrupted'));
        return repeat.ask(lab);
      },
    };
    const { findings, left } = await ask(chime, [interrupting, repeat], { signal: stop.signal });
    expect(findings.map(({ why }) => why)).toEqual(['Error: interrupted', 'not begun: Error: interrupted']);
    expect([alive(chime), left, chime.state.meetings.size]).toEqual([[], [], 1]);
  });
});

describe('a meeting that could not be deleted', () => {
  /** A run in this directory, one of whose meetings stays. */
  async function leaving(directory: string) {
    const chime = await chimeWith();
    await fault(chime, 'DeleteMeeting', 3, 'error-500');
    const { left } = await ask(chime, [named('replica-capabilities')], {
      journal: journalIn(directory, 'test'),
    });
    return { chime, left };
  }

  it('is in the journal with its id and its control region', async () => {
    const directory = aDirectory();
    const { chime, left } = await leaving(directory);
    expect(left).toEqual([{ meetingId: expect.any(String), region: 'us-east-1', endpoint: chime.url }]);
    const text = readFileSync(join(directory, 'conformance-test.journal'), 'utf8');
    expect(text).toContain(left[0]?.meetingId);
    for (const token of joinTokens(chime)) expect(text).not.toContain(token);
  });

  it('is deleted by --clean, and its journal with it', async () => {
    const directory = aDirectory();
    const { chime } = await leaving(directory);
    const cleaned = await clean(directory, here(chime), 1000);
    expect(cleaned).toMatchObject({ deleted: 1, left: [] });
    expect([alive(chime), readdirSync(directory)]).toEqual([[], []]);
  });

  it('is not touched by --clean for another region or endpoint', async () => {
    const directory = aDirectory();
    const { left } = await leaving(directory);
    const elsewhere = await chimeWith();
    expect(await clean(directory, here(elsewhere), 1000)).toEqual({ deleted: 0, left });
    expect(leftoverJournals(directory)[0]?.left()).toEqual(left);
  });
});

describe('a deletion that is forbidden', () => {
  /** Runs --clean over the journal of one meeting, at a Chime that forbids its deletion and finds the meeting, or does not. */
  async function cleanWhere(isFound: boolean) {
    const server = createServer(({ method }, response) => {
      const name = method === 'DELETE' ? 'ForbiddenException' : 'NotFoundException';
      const isRefused = method === 'DELETE' || !isFound;
      response.writeHead(isRefused ? 403 : 200, isRefused ? { 'x-amzn-errortype': name } : {}).end('{}');
    });
    const { url, close } = await listen(server, 0);
    const directory = aDirectory();
    const meeting = { meetingId: UNKNOWN, region: 'us-east-1', endpoint: url };
    journalIn(directory, 'test').opened(meeting);
    const cleaned = await clean(directory, { region: 'us-east-1', endpoint: url }, 1000);
    await close();
    return cleaned;
  }

  it('keeps the meeting in the journal where Chime still finds it', async () => {
    expect(await cleanWhere(true)).toMatchObject({ deleted: 0, left: [{ meetingId: UNKNOWN }] });
  });

  it('counts as done where Chime does not find the meeting', async () => {
    expect(await cleanWhere(false)).toEqual({ deleted: 1, left: [] });
  });
});
