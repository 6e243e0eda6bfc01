import { connect, disconnect } from '../../../emulator/state/attendees/presence.ts';
import type { Answer } from '../../../lib/context.ts';
import { Refusal } from '../../../lib/refusals.ts';
import { isLater } from '../../../simulation/is-later.ts';
import type { JoinedBody } from '../../../simulation/joined-body.ts';
import type { TestWorld } from '../local-world.ts';
import { uniqueMeetingId } from '../people.ts';
import { clock } from '../skipping-clock.ts';
import { killPrimary, livePrimary } from './facts.ts';
import { CAST, type Credential, MAX_COUNT, MAX_REPLICAS, type Model, newModel } from './model.ts';
import { type PromotionBody, someone } from './people.ts';
import type { Step } from './rules.ts';

/** One name, those who take part, and what is true of it. */
export interface Play {
  world: TestWorld;
  name: string;
  model: Model;
  person: (who: string) => ReturnType<typeof someone>;
  /** A host who takes no part, and is never banned: looks only. */
  observer: () => ReturnType<typeof someone>;
}

const OPTIONS = {
  meetingFeatures: { Attendee: { MaxCount: MAX_COUNT } },
  maxReplicas: MAX_REPLICAS,
  mediaRegion: 'us-east-1',
};

/** A new name that a host made known. */
export async function newPlay(world: TestWorld): Promise<Play> {
  const name = uniqueMeetingId();
  const person = (who: string) => someone(name, who, { role: CAST[who] ?? 'viewer' });
  await person('hana').create(OPTIONS);
  const observer = () => someone(name, 'the-observer', { role: 'host' });
  return { world, name, person, observer, model: newModel() };
}

/** What a step asks. */
function ask({ person }: Play, { verb, who, whom }: Step): Promise<Answer> {
  const asking = person(who);
  if (verb === 'ban') return asking.remove(whom, { ban: true });
  if (verb === 'create') return asking.create(OPTIONS);
  if (verb === 'join') return asking.join({ mediaRegion: 'us-east-1' });
  const about = { promote: true, demote: true, remove: true, unban: true }[verb];
  return asking[verb as 'promote'](...((about ? [whom] : []) as [string]));
}

/** How often a person who meets no failure of Chime asks at most. */
const TRIES = 8;

/** Sends the request, and repeats it while its answer says so; the later ones past every lease. One more for each failure of Chime to come. */
export async function insist(play: Play, step: Step): Promise<Answer | string> {
  const failures = play.world.emulator.state.faults.reduce((sum, { times }) => sum + times, 0);
  for (let tries = 0; tries < TRIES + failures; tries++) {
    clock.pass(tries < 2 ? 5 : 21_000);
    const answer = await ask(play, step).catch(codeOf);
    if (!isLater(answer) && !isOpening(answer)) return answer;
  }
  throw new Error(`${step.verb} of ${step.who} finds no end`);
}

function isOpening(answer: Answer | string): boolean {
  if (typeof answer === 'string' || answer.status !== 202) return false;
  return (answer.body as { reason: string }).reason === 'opening';
}

function codeOf(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  throw error;
}

/** The credential that an answer shows. */
export function credentialIn({ body }: Answer): Credential | undefined {
  const { Attendee, Meeting } = (body ?? {}) as Partial<JoinedBody>;
  const { primaryMeetingId } = (body ?? {}) as Partial<PromotionBody>;
  const meetingId = Meeting?.MeetingId ?? primaryMeetingId;
  return Attendee && meetingId ? { meetingId, attendeeId: Attendee.AttendeeId } : undefined;
}

/** Apply an event at Chime: the primary dies, or a person connects or disconnects. */
export async function happenAtChime({ world, name, model }: Play, { verb, who }: Step): Promise<void> {
  const meeting = livePrimary(world, name);
  if (!meeting) return;
  if (verb === 'kill') {
    await killPrimary(world, name);
    model.dead = true;
    clock.pass(60_000);
    return;
  }
  const attendee = [...meeting.attendees.values()].findLast((one) => one.externalUserId === who);
  if (!attendee) return;
  connect(world.emulator.state, { meeting, attendee });
  disconnect(world.emulator.state, { meeting, attendee }, 'dropped');
}
