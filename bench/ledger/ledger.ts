import { connect, disconnect } from '../../emulator/state/attendees/presence.ts';
import type { Attendee, Meeting } from '../../emulator/state/meetings/meeting.ts';
import { operations } from '../../lib/contract.ts';
import { eventQueue } from '../../lib/events.ts';
import { applyEvent } from '../../lib/flows/epoch/apply-event.ts';
import { getUsage } from '../../lib/flows/ledger/get-usage.ts';
import { listAttendance } from '../../lib/flows/ledger/list-attendance.ts';
import { endpoint, type Handler } from '../../lib/http.ts';
import { chanceOf } from '../../simulation/chance.ts';
import { type Deployment, deploy } from '../../simulation/deployment/deployment.ts';
import { createMeter, type Meter } from '../../simulation/deployment/meter.ts';
import { play } from '../../simulation/deployment/play.ts';
import { depsOf, eventOf, routesOf } from '../../simulation/deployment/routes.ts';
import { rounded } from '../../simulation/numbers.ts';
import { arrivals, join, prepare } from '../crowd/ours.ts';

const SEED = 1;
const HOME = 'us-east-1';
const HOST = { sub: 'ada@example.com', role: 'host' };
const WITHIN_MS = 60_000;
const STAY_MS = 1_800_000;
/** Seats of a replica. */
const SEATS = 250;
/** As serverless.yml sets them for the queue of Chime's events. */
const BATCH = 10;
const AT_ONCE = 10;
const PAGE = 1000;

interface Line {
  meeting: Meeting;
  attendee: Attendee;
}

/** Lets people join, connect for half an hour, and leave; then a host downloads the attendance, and asks for the usage. */
export async function ledgerBench(many: number) {
  const replicas = Math.ceil(many / SEATS) + 1;
  const deployment = await deploy(SEED, { replicasPerPrimary: replicas });
  const routes = routesOf(deployment, SEED);
  return play(deployment, SEED, async () => {
    const crowd = { seed: SEED, viewers: new Array(many).fill(HOME), withinMs: WITHIN_MS, replicas };
    await prepare(deployment, routes, { replicas, forecast: { [HOME]: many } });
    const joined = await Promise.all(arrivals(crowd).map((viewer) => join(deployment, routes, viewer)));
    const lines = joined.map(({ body }) => lineOf(deployment, body));
    const messages: string[] = [];
    deployment.chime.state.onEvent(({ event }) => messages.push(JSON.stringify(event)));
    await eachWithin(deployment, lines, (line) => connect(deployment.chime.state, line));
    const connecting = await measured(deployment, () => applyAll(deployment, messages.splice(0)));
    await deployment.wait(STAY_MS);
    await eachWithin(deployment, lines, (line) => disconnect(deployment.chime.state, line, 'left'));
    const leaving = await measured(deployment, () => applyAll(deployment, messages.splice(0)));
    const download = await measured(deployment, () => downloadCsv(deployment));
    const usage = await measured(deployment, () => readUsage(deployment));
    return { viewers: many, connecting, leaving, download, usage };
  });
}

function lineOf({ chime }: Deployment, body: string): Line {
  const { Meeting: of, Attendee } = JSON.parse(body);
  const meeting = chime.state.meetings.get(of.MeetingId) as Meeting;
  return { meeting, attendee: meeting.attendees.get(Attendee.AttendeeId) as Attendee };
}

async function eachWithin(
  deployment: Deployment,
  lines: Line[],
  happen: (line: Line) => void,
): Promise<void> {
  const chance = chanceOf(SEED, 'clients');
  const later = async (line: Line) => {
    await deployment.wait(chance.next() * WITHIN_MS);
    happen(line);
  };
  await Promise.all(lines.map(later));
}

/** The queue hands over ten messages at a time, to ten functions at once. */
async function applyAll(deployment: Deployment, messages: string[]): Promise<{ events: number }> {
  const handler = eventQueue(applyEvent, depsOf(deployment, SEED)) as unknown as Handler;
  const events = messages.length;
  const receive = async () => {
    for (let some = messages.splice(0, BATCH); some.length > 0; some = messages.splice(0, BATCH)) {
      const Records = some.map((body, n) => ({ messageId: String(n), body }));
      await deployment.invoke(handler, { Records });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, receive));
  return { events };
}

/** Reads all pages as CSV, each after the one before, as its `Link` says. */
async function downloadCsv(deployment: Deployment): Promise<object> {
  const handler = endpoint(operations.listAttendance, listAttendance, depsOf(deployment, SEED));
  let [pages, text] = [0, ''];
  let query: Record<string, string> | undefined = { limit: String(PAGE) };
  while (query) {
    const { headers, body = '' } = await deployment.invoke(handler, asked(query));
    text += body;
    pages++;
    const next: string | undefined = /<\?(.*)>/.exec(headers.link ?? '')?.[1];
    query = next === undefined ? undefined : Object.fromEntries(new URLSearchParams(next));
  }
  const records = text.split('\r\n').slice(1, -1);
  const people = new Set(records.map((record) => record.split(',')[0])).size;
  const estimated = records.filter((record) => record.split(',')[6] === 'true').length;
  return { pages, records: records.length, people, estimated, megabytes: rounded(text.length / 1e6) };
}

async function readUsage(deployment: Deployment): Promise<object> {
  const handler = endpoint(operations.getUsage, getUsage, depsOf(deployment, SEED));
  const { body = '' } = await deployment.invoke(handler, asked({}));
  const { people, joins, peak, attendeeMinutes, epochs, replicas } = JSON.parse(body);
  return { people, joins, peakViewers: peak.viewers, minutes: attendeeMinutes.total, epochs, replicas };
}

const asked = (query: Record<string, string>) => ({
  ...eventOf(HOST, {}),
  headers: { accept: 'text/csv' },
  body: undefined,
  queryStringParameters: query,
});

/** Does some work, and counts its requests to DynamoDB, their units, and its time: virtual, and of the processor. */
async function measured<Result extends object>(deployment: Deployment, work: () => Promise<Result>) {
  const meter: Meter = createMeter();
  Object.assign(deployment, { meter });
  const [from, started] = [deployment.clock.now, process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(started);
  return {
    ...result,
    seconds: rounded((deployment.clock.now - from) / 1000),
    requests: meter.requests,
    readUnits: rounded(meter.reads),
    writeUnits: meter.writes,
    cpuMs: Math.round((user + system) / 1000),
  };
}
