import { connect } from '../../emulator/state/attendees/presence.ts';
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

/**
 * Opens one name as a host does who joins and connects, and copies its records and its Chime meeting for the other names. To
 * open ten thousand of them would take a quarter of an hour at the quota, and takes minutes of processor time. Returns all names.
 */
export async function openMany(deployment: Deployment, routes: Routes, many: number): Promise<string[]> {
  await openFirst(deployment, routes);
  return copyFirst(deployment, many);
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

function copyName({ chime, dynamo }: Deployment, name: string, records: Item[]): void {
  const { state } = chime;
  const [first] = state.live;
  if (!first) throw new Error(`${NAME} is not open`);
  const meetingId =
    first.meetingId.slice(0, -DIGITS) + state.meetings.size.toString(16).padStart(DIGITS, '0');
  const meeting = { ...structuredClone(first), meetingId, externalMeetingId: name };
  state.meetings.set(meetingId, meeting);
  state.live.add(meeting);
  for (const record of records) {
    const text = JSON.stringify(record).replaceAll(NAME, name).replaceAll(first.meetingId, meetingId);
    const item = JSON.parse(text) as Item;
    if (item.reconcileAt) item.reconcileShard = { S: onTheList(name, 0)[':reconcileShard'] };
    dynamo.table.items.set(`${item.pk?.S}\n${item.sk?.S}`, item);
  }
}
