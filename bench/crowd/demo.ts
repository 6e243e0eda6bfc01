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
 * How AWS's serverless demo joins, written afresh from its description (amazon-chime-sdk-js, demos/serverless): look the
 * title up in DynamoDB; where it is unknown, CreateMeeting with a random token and put it down, whoever else does the
 * same meanwhile; then CreateAttendee for this one person. Which replica, the client says by its title. One request
 * makes two or three steps here, without promises, for there are millions of them.
 *
 * It is given the benefit of every doubt: clients spread evenly over as many titles as there are replicas, as many replicas may
 * exist as it makes by accident, Lambda has no limit and no cold start, and nobody gives up.
 */

/** Who comes when (milliseconds from the start), and the title they chose. */
export interface DemoViewer {
  comesAt: number;
  title: number;
}

/** AWS SDK for JavaScript 3, standard mode: 3 attempts; after throttling up to 1 s, then up to 2 s, by chance. */
const ATTEMPTS = 3;
const THROTTLED_DELAY_MS = 1000;
/** A client that got an error tries again after about so long. */
const AGAIN_MS = 1000;

/** Let these viewers come to the demo, in virtual time. */
export function demoCrowd(viewers: readonly DemoViewer[], seed: number): DemoOutcome {
  const room = openRoom(seed);
  for (const [n, { comesAt, title }] of viewers.entries()) visit(room, { n, title }, comesAt);
  while (room.clock.step());
  const isStranded = ({ title }: DemoViewer, n: number) => room.records.get(title) !== room.sittingIn[n];
  room.outcome.stranded = viewers.filter(isStranded).length;
  return room.outcome;
}

interface Visitor {
  /** Of the viewers, which. */
  n: number;
  title: number;
}

/** What is on its way, and since when the function is running. */
interface Step extends Visitor {
  from: number;
  /** To whom a meeting is asked for; the primary where one is to be made. */
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

/** One attempt: after some milliseconds and half a round trip it is at Chime. */
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

/** The client gets an error, and tries again after about a second. */
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

/** Put the meeting down under its title, whatever stands there by now; then make the attendee. */
function putDown(room: Room, step: Step): void {
  const { clock, outcome, records } = room;
  const write = () => {
    outcome.writes++;
    records.set(step.title, step.meetingId);
    callChime(room, { ...step, operation: 'CreateAttendee', attempt: 0 }, halfOf(room, 'dynamodb'));
  };
  clock.after(halfOf(room, 'chime') + halfOf(room, 'dynamodb'), write, undefined);
}

/** The function answers once it has heard from Chime: how long until its client hears it, and how long it worked. */
function answer(room: Room, { from }: Step): { ms: number; workedMs: number } {
  const heard = halfOf(room, 'chime');
  const workedMs = room.clock.now + heard - from;
  room.outcome.billedMs += Math.ceil(workedMs);
  return { ms: heard + halfOf(room, 'client'), workedMs };
}
