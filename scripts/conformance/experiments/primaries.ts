import { answerOf, type Observation } from '../answer.ts';
import { type Experiment, every, UNKNOWN } from '../experiment.ts';
import type { Lab } from '../lab.ts';

const replicaOf = ({ chime, input }: Lab, PrimaryMeetingId: string) =>
  answerOf(chime.createMeeting(input({ PrimaryMeetingId })));

/** One more than the default quota. If it is accepted, the quota was raised: AWS once said "up to 40". */
const REPLICAS = 5;
const RAISED = 40;

const badPrimary = (id: string, asks: string, find: (lab: Lab) => Promise<string>): Experiment => ({
  id,
  asks: `CreateMeeting with a PrimaryMeetingId ${asks}`,
  settles: every('primaryError'),
  ask: async (lab) => replicaOf(lab, await find(lab)),
});

/** Which primaries are refused, and what replicas do. */
export const primaries: Experiment[] = [
  badPrimary('primary-unknown', 'that names nothing', async () => UNKNOWN),
  badPrimary('primary-ended', 'of a meeting that has ended', async (lab) => {
    const { MeetingId } = await lab.open();
    await lab.chime.deleteMeeting({ MeetingId });
    return MeetingId;
  }),
  badPrimary('primary-is-a-replica', 'of a replica', async (lab) => {
    const { MeetingId: PrimaryMeetingId } = await lab.open();
    return (await lab.open({ PrimaryMeetingId })).MeetingId;
  }),
  badPrimary('primary-in-other-region', 'of another control region', async ({ elsewhere, input }) => {
    const { Meeting } = await elsewhere.createMeeting(input());
    return Meeting?.MeetingId ?? '';
  }),
  {
    id: 'replica-too-many',
    asks: `CreateMeeting of ${REPLICAS} replicas of one primary`,
    settles: { replicasPerPrimary: [4, RAISED] },
    ask: fiveReplicas,
  },
  {
    id: 'replica-with-other-features',
    asks: 'CreateMeeting of a replica without video, of a primary with video',
    settles: {},
    ask: async ({ chime, input, open }) => {
      const { MeetingId: PrimaryMeetingId } = await open();
      const MeetingFeatures = { Video: { MaxResolution: 'None' } } as const;
      return answerOf(chime.createMeeting(input({ PrimaryMeetingId, MeetingFeatures })));
    },
  },
  {
    id: 'replica-without-features',
    asks: 'CreateMeeting of a replica that names no features, of a primary with MaxCount 1; then two attendees in it',
    settles: { ...every('replicaFeatures', 'capacityError') },
    ask: async (lab) => {
      const MeetingFeatures = { Attendee: { MaxCount: 1 } };
      const { MeetingId: PrimaryMeetingId } = await lab.open({ MeetingFeatures });
      const replica = await lab.open({ PrimaryMeetingId });
      const told = replica.MeetingFeatures?.Attendee?.MaxCount === 1 ? 'has the features' : 'has no features';
      await lab.admit(replica);
      const { MeetingId } = replica;
      const second = lab.chime.createAttendee({ MeetingId, ExternalUserId: 'late' });
      return answerOf(second, () => `${told}, the second attendee is accepted`);
    },
  },
  {
    id: 'replica-capabilities',
    asks: 'CreateAttendee with Capabilities in a replica',
    settles: {},
    ask: async ({ chime, open }) => {
      const { MeetingId: PrimaryMeetingId } = await open();
      const { MeetingId } = await open({ PrimaryMeetingId });
      const Capabilities = { Audio: 'Receive', Video: 'Receive', Content: 'Receive' } as const;
      const request = chime.createAttendee({ MeetingId, ExternalUserId: 'maria', Capabilities });
      return answerOf(request, ({ Attendee }) =>
        Attendee?.Capabilities?.Audio === 'Receive' ? 'accepted, and echoed' : 'accepted, and not echoed',
      );
    },
  },
  {
    id: 'cascade',
    asks: 'GetMeeting of a replica right after DeleteMeeting of its primary answered',
    settles: {},
    ask: async ({ chime, open }) => {
      const primary = await open();
      const { MeetingId } = await open({ PrimaryMeetingId: primary.MeetingId });
      await chime.deleteMeeting({ MeetingId: primary.MeetingId });
      return answerOf(chime.getMeeting({ MeetingId }), () => 'still found');
    },
  },
];

async function fiveReplicas(lab: Lab): Promise<Observation> {
  const { MeetingId } = await lab.open();
  for (let made = 0; made < REPLICAS; made++) {
    const { came, ...words } = await replicaOf(lab, MeetingId);
    if (came !== 'accepted') return { came: `${made} accepted, then ${came}`, ...words };
  }
  return { came: `${REPLICAS} accepted` };
}
