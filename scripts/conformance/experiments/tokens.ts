import type { CreateMeetingRequest, Meeting } from '@aws-sdk/client-chime-sdk-meetings';
import { answerOf, type Observation } from '../answer.ts';
import { type Experiment, every, people } from '../experiment.ts';
import type { Lab, OpenMeeting } from '../lab.ts';

type Answer = { Meeting?: Meeting | undefined };

const sameOr = (first: Meeting, other: string) => (answer: Answer) =>
  answer.Meeting?.MeetingId === first.MeetingId ? 'the first meeting' : other;

/** Opens a meeting, and repeats the request with the same ClientRequestToken. */
async function again(lab: Lab, change: (first: OpenMeeting) => Partial<CreateMeetingRequest>) {
  const input = lab.input();
  const first = await lab.open(input);
  const repeat = lab.chime.createMeeting({ ...input, ...change(first) });
  return answerOf(repeat, sameOr(first, 'another meeting'));
}

/** The effect of a reused ClientRequestToken. */
export const tokens: Experiment[] = [
  {
    id: 'token-repeat',
    asks: 'the same CreateMeeting twice, one after the other',
    settles: {},
    ask: (lab) => again(lab, () => ({})),
  },
  {
    id: 'token-mismatch',
    asks: 'CreateMeeting with a known token, but another ExternalMeetingId',
    settles: every('tokenMismatch', 'semanticError'),
    ask: (lab) => again(lab, () => ({ ExternalMeetingId: lab.input().ExternalMeetingId })),
  },
  {
    id: 'token-of-the-primary',
    asks: "CreateMeeting of a replica with its primary's own token",
    settles: every('tokenMismatch', 'semanticError'),
    ask: (lab) => again(lab, ({ MeetingId }) => ({ PrimaryMeetingId: MeetingId })),
  },
  {
    id: 'token-after-end',
    asks: 'the same CreateMeeting once more, after DeleteMeeting',
    settles: every('tokenAfterEnd'),
    ask: async (lab) => {
      const input = lab.input();
      const first = await lab.open(input);
      await lab.chime.deleteMeeting(first);
      return answerOf(lab.chime.createMeeting(input), sameOr(first, 'another meeting'));
    },
  },
  {
    id: 'token-scope',
    asks: 'CreateMeetingWithAttendees with a token that CreateMeeting knows',
    settles: every('tokenScope', 'tokenMismatch', 'semanticError'),
    ask: async (lab) => {
      const input = lab.input();
      const first = await lab.open(input);
      const request = { ...input, Attendees: people(1) };
      return answerOf(lab.chime.createMeetingWithAttendees(request), sameOr(first, 'another meeting'));
    },
  },
  {
    id: 'token-in-other-region',
    asks: 'the same CreateMeeting in another control region',
    settles: {},
    ask: async (lab) => {
      const input = lab.input();
      const first = await lab.open(input);
      return answerOf(lab.elsewhere.createMeeting(input), sameOr(first, 'another meeting'));
    },
  },
  {
    id: 'token-after-refusal',
    asks: 'CreateMeeting with a token whose first request was refused (unknown media region)',
    settles: {},
    ask: async (lab) => {
      const input = lab.input();
      await answerOf(lab.chime.createMeeting({ ...input, MediaRegion: 'mars-north-1' }));
      return answerOf(lab.chime.createMeeting(input));
    },
  },
  {
    id: 'token-at-once',
    asks: 'the same CreateMeeting twice at once',
    settles: { createMeetingLatencyMs: [100] },
    ask: twiceAtOnce,
  },
];

async function twiceAtOnce({ chime, input, pace }: Lab): Promise<Observation> {
  const request = input();
  await pace.save(2);
  const ids: (string | undefined)[] = [];
  const ask = () =>
    answerOf(chime.createMeeting(request), ({ Meeting }) => {
      ids.push(Meeting?.MeetingId);
      return 'a meeting';
    });
  const requests = [ask(), ask()];
  await Promise.allSettled(requests);
  const answers = await Promise.all(requests);
  if (ids.length === 2) return { came: ids[0] === ids[1] ? 'the same meeting twice' : 'two meetings' };
  const words = answers.flatMap((answer) => answer.words ?? []).join('; ');
  const each = answers.map(({ came }) => came).sort();
  return { came: each.join(' and '), words };
}
