import {
  type DemoOutcome,
  halfOf,
  isLetIn,
  type Operation,
  openRoom,
  perform,
  type Room,
} from './demo-room.ts';

/*
 * How AWS's serverless demo joins, reimplemented from its description (amazon-chime-sdk-js, demos/serverless):
 *
 * 1. Look the title up in DynamoDB.
 * 2. If it is unknown, call CreateMeeting with a random token and store the meeting, without regard to other requests.
 * 3. Call CreateAttendee for this one person.
 *
 * The client selects the replica by its title. One request takes two or three steps here, without promises, because there are
 * millions of them.
 *
 * All assumptions favour the demo: clients spread evenly over as many titles as there are replicas, any number of accidental
 * replicas may exist, Lambda has no limit and no cold start, and no client gives up.
 */

/** The arrival of each viewer (milliseconds from the start), and the viewer's title. */
export interface DemoViewer {
  comesAt: number;
  title: number;
}

/** AWS SDK for JavaScript 3, standard mode: 3 attempts; after throttling up to 1 s, then up to 2 s, at random. */
const ATTEMPTS = 3;
const THROTTLED_DELAY_MS = 1000;
/** The delay after which a client retries an error. */
const AGAIN_MS = 1000;

/** Runs these viewers through the demo, in virtual time. */
export function demoCrowd(viewers: readonly DemoViewer[], seed: number): DemoOutcome {
  const room = openRoom(seed);
  for (const [n, { comesAt, title }] of viewers.entries()) visit(room, { n, title }, comesAt);
  while (room.clock.step());
  const isStranded = ({ title }: DemoViewer, n: number) => room.records.get(title) !== room.sittingIn[n];
  room.outcome.stranded = viewers.filter(isStranded).length;
  return room.outcome;
}

interface Visitor {
  /** The viewer's index. */
  n: number;
  title: number;
}

/** A call in progress, and since when the function runs. */
interface Step extends Visitor {
  from: number;
  /** The meeting of the call; the primary if a meeting is to be created. */
  meetingId: string;
  operation: Operation;
  attempt: number;
}

/** A client's request arrives after half a round trip; the function looks its title up. */
function visit(room: Room, visitor: Visitor, comesInMs: number): void {
  const { clock, outcome } = room;
  const startsIn = comesInMs + halfOf(room, 'client');
  const from = clock.now + startsIn;
  clock.after(
    startsIn + halfOf(room, 'dynamodb'),
    () => {
      outcome.requests++;
      outcome.reads++;
      const known = room.records.get(visitor.title);
      const operation = known ? 'CreateAttendee' : 'CreateMeeting';
      const step = { ...visitor, from, operation, meetingId: known ?? room.primary, attempt: 0 } as const;
      callChime(room, step, halfOf(room, 'dynamodb'));
    },
    undefined,
  );
}

/** One attempt: it reaches Chime after some milliseconds and half a round trip. */
function callChime(room: Room, step: Step, inMs: number): void {
  const { clock } = room;
  const arrive = () => {
    if (isLetIn(room, step.operation)) succeed(room, step);
    else if (step.attempt + 1 < ATTEMPTS) retry(room, step);
    else fail(room, step);
  };
  clock.after(inMs + halfOf(room, 'chime'), arrive, undefined);
}

function retry(room: Room, step: Step): void {
  const delay = room.chance.next() * THROTTLED_DELAY_MS * 2 ** step.attempt;
  callChime(room, { ...step, attempt: step.attempt + 1 }, halfOf(room, 'chime') + delay);
}

/** The client gets an error, and retries after about a second. */
function fail(room: Room, step: Step): void {
  const back = answer(room, step).ms;
  visit(room, step, back + AGAIN_MS * (0.75 + room.chance.next() / 2));
}

function succeed(room: Room, step: Step): void {
  const meetingId = perform(room, step.operation, step.meetingId);
  if (step.operation === 'CreateMeeting') putDown(room, { ...step, meetingId });
  else sit(room, step);
}

function sit(room: Room, step: Step): void {
  const { clock, outcome, sittingIn } = room;
  const heardIn = answer(room, step);
  sittingIn[step.n] = step.meetingId;
  outcome.seatedAt[step.n] = clock.now + heardIn.ms;
  outcome.workedMs[step.n] = heardIn.workedMs;
}

/** Stores the meeting under its title, overwriting any other; then creates the attendee. */
function putDown(room: Room, step: Step): void {
  const { clock, outcome, records } = room;
  const write = () => {
    outcome.writes++;
    records.set(step.title, step.meetingId);
    callChime(room, { ...step, operation: 'CreateAttendee', attempt: 0 }, halfOf(room, 'dynamodb'));
  };
  clock.after(halfOf(room, 'chime') + halfOf(room, 'dynamodb'), write, undefined);
}

/** The function responds after Chime did: the time until its client gets the response, and the time it ran. */
function answer(room: Room, { from }: Step): { ms: number; workedMs: number } {
  const heard = halfOf(room, 'chime');
  const workedMs = room.clock.now + heard - from;
  room.outcome.billedMs += Math.ceil(workedMs);
  return { ms: heard + halfOf(room, 'client'), workedMs };
}
