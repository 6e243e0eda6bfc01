import { connect } from '../../emulator/state/attendees/presence.ts';
import type { Meeting } from '../../emulator/state/meetings/meeting.ts';
import { onTheList } from '../../lib/store/topology/due.ts';
import { ask } from '../../simulation/deployment/client.ts';
import type { Deployment } from '../../simulation/deployment/deployment.ts';
import { eventOf, type Routes } from '../../simulation/deployment/routes.ts';
import type { Item } from '../../simulation/dynamodb/values.ts';
import { untilAnswered } from '../until-answered.ts';
import { hostOf, tell } from './troubles.ts';

const NAME = 'quiet-0';
/** The last digits of a MeetingId, which differ from name to name. */
const DIGITS = 8;
const MEDIA_REGION = 'us-east-1';

/** How many replicas a name has, and how many viewers sit there. */
export interface Audience {
  replicas: number;
  viewers: number;
}

export const NO_AUDIENCE: Audience = { replicas: 0, viewers: 0 };

/**
 * Opens one name as a host does who joins and connects, and copies its records and its Chime meetings for the other names. To
 * open ten thousand of them would take a quarter of an hour at the quota, and takes minutes of processor time. Returns all names.
 */
export async function openMany(
  deployment: Deployment,
  routes: Routes,
  many: number,
  audience = NO_AUDIENCE,
): Promise<string[]> {
  if (audience.replicas === 0) await openFirst(deployment, routes);
  else await openWith(deployment, routes, audience);
  return copyFirst(deployment, many);
}

/** Opens the name that is copied, with replicas that the host provisions. Each has twice as many seats as there are viewers. */
async function openWith(deployment: Deployment, routes: Routes, audience: Audience): Promise<void> {
  const { replicas, viewers } = audience;
  const capacity = 2 * Math.max(1, viewers);
  const meetingFeatures = { Attendee: { MaxCount: capacity } };
  await openFirst(deployment, routes, { maxReplicas: replicas, meetingFeatures });
  const seats = { [MEDIA_REGION]: replicas * capacity };
  const provision = eventOf({ sub: 'ada@example.com', role: 'host' }, { seats }, NAME);
  await untilAnswered(deployment, () => ask(deployment, routes.provision, provision));
  for (let n = 0; n < viewers; n++) {
    const join = eventOf({ sub: `viewer-${n}`, role: 'viewer' }, { mediaRegion: MEDIA_REGION }, NAME);
    await untilAnswered(deployment, () => ask(deployment, routes.join, join));
  }
  const open = meetingsOf(deployment).length - 1;
  if (open !== replicas) throw new Error(`${open} replicas are open, not ${replicas}`);
}

/** Opens the name that is copied, with these options. */
export async function openFirst(
  deployment: Deployment,
  routes: Routes,
  options: object = {},
): Promise<string> {
  const by = (body: object) => eventOf({ sub: 'ada@example.com', role: 'host' }, body, NAME);
  await ask(deployment, routes.create, by(options));
  const caller = by({});
  await untilAnswered(deployment, () => ask(deployment, routes.join, caller));
  const host = hostOf(deployment, NAME);
  connect(deployment.chime.state, host);
  await tell(deployment, host, 'chime:AttendeeJoined');
  return NAME;
}

/** Copies the name that was opened first, as it is now. Returns the names, this one first. */
export function copyFirst(deployment: Deployment, many: number): string[] {
  const records = [...deployment.dynamo.table.items.values()].filter(({ pk }) =>
    String(pk?.S).includes(NAME),
  );
  const names = Array.from({ length: many }, (_, n) => `quiet-${n}`);
  for (const name of names.slice(1)) copyName(deployment, name, records);
  return names;
}

const meetingsOf = ({ chime }: Deployment): Meeting[] =>
  [...chime.state.live].filter(({ externalMeetingId }) => externalMeetingId === NAME);

function copyName(deployment: Deployment, name: string, records: Item[]): void {
  const { state } = deployment.chime;
  const first = meetingsOf(deployment);
  if (first.length === 0) throw new Error(`${NAME} is not open`);
  const ids = new Map(first.map(({ meetingId }, n) => [meetingId, idOf(meetingId, state.meetings.size + n)]));
  for (const meeting of first) {
    const meetingId = ids.get(meeting.meetingId) as string;
    const primaryMeetingId = ids.get(meeting.primaryMeetingId ?? '') ?? null;
    // No viewer comes or goes, so the replicas of all names may have the same attendees.
    const copied = primaryMeetingId ? { ...meeting } : structuredClone(meeting);
    const copy = { ...copied, meetingId, primaryMeetingId, externalMeetingId: name };
    state.meetings.set(meetingId, copy);
    state.live.add(copy);
  }
  for (const record of records) {
    const renamed = JSON.stringify(record).replaceAll(NAME, name);
    const text = [...ids].reduce((sum, [from, to]) => sum.replaceAll(from, to), renamed);
    const item = JSON.parse(text) as Item;
    if (item.reconcileAt) item.reconcileShard = { S: onTheList(name, 0)[':reconcileShard'] };
    deployment.dynamo.table.items.set(`${item.pk?.S}\n${item.sk?.S}`, item);
  }
}

const idOf = (meetingId: string, n: number): string =>
  meetingId.slice(0, -DIGITS) + n.toString(16).padStart(DIGITS, '0');
