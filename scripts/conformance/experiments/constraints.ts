import type { CreateMeetingRequest } from '@aws-sdk/client-chime-sdk-meetings';
import { answerOf } from '../answer.ts';
import { type Experiment, every, people } from '../experiment.ts';
import type { Lab } from '../lab.ts';

type Bad = [id: string, asks: string, request: (lab: Lab) => Promise<unknown>];

const create = (id: string, asks: string, more: object): Bad => [
  id,
  `CreateMeeting with ${asks}`,
  ({ chime, input }) => chime.createMeeting(input(more as Partial<CreateMeetingRequest>)),
];

const inMeeting = (ask: (lab: Lab, MeetingId: string) => Promise<unknown>) => async (lab: Lab) =>
  ask(lab, (await lab.open()).MeetingId);

const admitting = (ExternalUserId: string) =>
  inMeeting(({ chime }, MeetingId) => chime.createAttendee({ MeetingId, ExternalUserId }));

const batch = (many: number) =>
  inMeeting(({ chime }, MeetingId) => chime.batchCreateAttendee({ MeetingId, Attendees: people(many) }));

const BAD: Bad[] = [
  create('constraint-length', 'a MediaRegion of one character', { MediaRegion: 'x' }),
  create('constraint-token', 'a ":" in the ClientRequestToken', { ClientRequestToken: 'a:b' }),
  create('constraint-name', 'a "!" in the ExternalMeetingId, which only prose forbids', {
    ExternalMeetingId: 'balcony!',
  }),
  create('constraint-count', 'an Attendee.MaxCount of 251', {
    MeetingFeatures: { Attendee: { MaxCount: 251 } },
  }),
  create('constraint-enum', 'an unknown Video.MaxResolution', {
    MeetingFeatures: { Video: { MaxResolution: '8K' } },
  }),
  create('constraint-tenant', 'one character four times in a row in a TenantId', { TenantIds: ['acmeeee'] }),
  create('constraint-primary', 'a PrimaryMeetingId of one character', { PrimaryMeetingId: 'x' }),
  ['constraint-guid', 'GetMeeting of "nonsense"', ({ chime }) => chime.getMeeting({ MeetingId: 'nonsense' })],
  [
    'constraint-reserved',
    'CreateAttendee with "aws:" before the ExternalUserId, which only prose reserves',
    admitting('aws:maria'),
  ],
  ['constraint-accents', 'CreateAttendee with accents and a space in the ExternalUserId', admitting('Zoë B')],
  ['constraint-batch', 'BatchCreateAttendee of 101', batch(101)],
  ['constraint-empty-batch', 'BatchCreateAttendee of an empty list', batch(0)],
  [
    'constraint-capabilities',
    'CreateAttendee with two of the three Capabilities',
    inMeeting(({ chime }, MeetingId) => {
      const Capabilities = { Audio: 'Send', Video: 'Send' } as never;
      return chime.createAttendee({ MeetingId, ExternalUserId: 'maria', Capabilities });
    }),
  ],
  [
    'constraint-page',
    'ListAttendees in pages of 101',
    inMeeting(({ chime }, MeetingId) => chime.listAttendees({ MeetingId, MaxResults: 101 })),
  ],
];

/** Invalid input. The first experiment finds the error format; all of them test whether the emulator checks the same. */
export const constraints: Experiment[] = BAD.map(([id, asks, request]) => ({
  id,
  asks,
  settles: every('constraintError'),
  ask: (lab) => answerOf(request(lab)),
}));
