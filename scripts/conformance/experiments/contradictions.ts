import type { CreateMeetingRequest } from '@aws-sdk/client-chime-sdk-meetings';
import { answerOf } from '../answer.ts';
import { type Experiment, every } from '../experiment.ts';

const FHD = { Video: { MaxResolution: 'FHD' } } as const;

const creating = (id: string, asks: string, more: Partial<CreateMeetingRequest>): Experiment => ({
  id,
  asks: `CreateMeeting ${asks}`,
  settles: every('semanticError'),
  ask: ({ chime, input }) => answerOf(chime.createMeeting(input(more))),
});

/** Input whose members contradict each other, or the documentation. */
export const contradictions: Experiment[] = [
  creating('unknown-media-region', 'in the media region mars-north-1', { MediaRegion: 'mars-north-1' }),
  {
    ...creating('high-definition-beyond-25', 'with FHD video and a MaxCount of 26', {
      MeetingFeatures: { ...FHD, Attendee: { MaxCount: 26 } },
    }),
    settles: { ...every('semanticError'), attendeesPerHighDefinitionMeeting: [25, 100] },
  },
  {
    ...creating('high-definition-without-max-count', 'with FHD video and no MaxCount', {
      MeetingFeatures: FHD,
    }),
    settles: every('highDefinitionWithoutMaxCount', 'semanticError'),
  },
  {
    id: 'content-without-video',
    asks: 'CreateAttendee who receives content and no video',
    settles: every('semanticError'),
    ask: async (lab) => {
      const { MeetingId } = await lab.open();
      const Capabilities = { Audio: 'None', Video: 'Send', Content: 'Receive' } as const;
      return answerOf(lab.chime.createAttendee({ MeetingId, ExternalUserId: 'maria', Capabilities }));
    },
  },
  {
    id: 'video-where-there-is-none',
    asks: 'CreateAttendee who sends video, in a meeting with Video.MaxResolution None',
    settles: every('constraintError', 'semanticError'),
    ask: async (lab) => {
      const { MeetingId } = await lab.open({ MeetingFeatures: { Video: { MaxResolution: 'None' } } });
      const Capabilities = { Audio: 'None', Video: 'Send', Content: 'None' } as const;
      return answerOf(lab.chime.createAttendee({ MeetingId, ExternalUserId: 'maria', Capabilities }));
    },
  },
];
