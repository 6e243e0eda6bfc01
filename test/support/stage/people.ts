import type { Answer } from '../../../lib/context.ts';
import type { Operation } from '../../../lib/contract/operation.ts';
import { operations } from '../../../lib/contract.ts';
import type { ChimeAttendee } from '../../../lib/domain/meeting/topology.ts';
import { type PersonOptions, person, untilJoined } from '../people.ts';

/** The operation of each verb. */
const OPERATIONS = {
  join: 'joinMeeting',
  create: 'createMeeting',
  get: 'getMeeting',
  end: 'endMeeting',
  reopen: 'reopenMeeting',
  leave: 'leaveMeeting',
  list: 'listAttendees',
  see: 'getAttendee',
  attendance: 'listAttendance',
  eraseAttendance: 'eraseAttendance',
  usage: 'getUsage',
  raise: 'raiseHand',
  lower: 'lowerHand',
  lowerOf: 'lowerHandOf',
  hands: 'listHands',
  promote: 'grantPromotion',
  promotion: 'getPromotion',
  demote: 'revokePromotion',
  remove: 'removeAttendee',
  bans: 'listBans',
  unban: 'liftBan',
  capabilities: 'updateAttendee',
  muteAll: 'muteAll',
} as const satisfies Record<string, keyof typeof operations>;

type Verb = keyof typeof OPERATIONS;
type Person = ReturnType<typeof person>;

/** Only these answers carry a credential, and only the caller's own. */
const WITH_CREDENTIAL: Verb[] = ['join', 'promotion'];

/** A person each of whose answers is checked against the contract, to the last member. */
export function someone(name: string, who: string, options: PersonOptions = {}): Person {
  const unchecked = person(name, who, options);
  const verbs = Object.keys(OPERATIONS) as Verb[];
  const checked = verbs.map((verb) => [verb, checkedVerb(verb, unchecked[verb] as Ask)]);
  const people = Object.fromEntries(checked) as unknown as Person;
  return { ...people, seat: (body: object = {}) => untilJoined(() => people.join(body)) };
}

type Ask = (...asked: unknown[]) => Promise<Answer>;

const checkedVerb =
  (verb: Verb, ask: Ask): Ask =>
  async (...asked) =>
    shaped(verb, await ask(...asked));

/** The answer, after its status and body are checked against the operation, and for secrets. */
function shaped(verb: Verb, answer: Answer): Answer {
  const operation: Operation = operations[OPERATIONS[verb]];
  const shape = operation.answers[answer.status];
  if (shape === undefined) throw new Error(`${operation.operationId} must not answer ${answer.status}`);
  const onTheWire = answer.body === undefined ? undefined : JSON.parse(JSON.stringify(answer.body));
  expect(shape === null ? undefined : shape.parse(onTheWire)).toEqual(onTheWire);
  if (!WITH_CREDENTIAL.includes(verb)) expect(JSON.stringify(answer)).not.toContain('JoinToken');
  return answer;
}

export interface PromotionBody {
  Attendee: ChimeAttendee;
  primaryMeetingId: string;
}

/** The promoted viewer's own credential, as the viewer reads it. */
export async function credentialOf(viewer: Person): Promise<PromotionBody> {
  return (await viewer.promotion()).body as PromotionBody;
}

/** A new meeting with a host on stage and viewers in their seats. It is small, so that it opens fast. */
export async function audience(name: string, viewers: string[], options: object = {}) {
  const host = someone(name, 'the-host', { role: 'host' });
  await host.create({ meetingFeatures: { Attendee: { MaxCount: 60 } }, ...options });
  await host.seat();
  const [first, ...others] = viewers.map((who) => someone(name, who));
  if (first) await first.seat({ mediaRegion: 'us-east-1' });
  await Promise.all(others.map((viewer) => viewer.seat({ mediaRegion: 'us-east-1' })));
  return { host };
}

interface HandPage {
  hands: { externalUserId: string; raisedAt: string }[];
  cursor?: string;
}

/** The people with raised hands, in the order in which a reader of all pages sees them. */
export async function raisedHands(
  reader: Person,
  limit = 50,
  betweenPages = async () => {},
): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await reader.hands({ limit, ...(cursor && { cursor }) });
    const page = body as HandPage;
    names.push(...page.hands.map(({ externalUserId }) => externalUserId));
    cursor = page.cursor;
    await betweenPages();
  } while (cursor);
  return names;
}

/** Lets viewers raise their hands one after another, ten milliseconds apart, starting this much later. */
export async function raiseInTurn(name: string, viewers: string[], from = 0): Promise<void> {
  for (const [n, who] of viewers.entries()) await someone(name, who, { later: from + n * 10 }).raise();
}
