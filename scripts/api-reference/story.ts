/** The meeting behind the examples: town-hall-2030, hosted in Frankfurt, with one viewer in Ireland. */
export const PRIMARY = {
  meetingId: '4a26b8c4-9e9e-0ab2-a786-0856a7427979',
  mediaRegion: 'eu-central-1',
  seatsTaken: 1,
  capacity: 240,
};

const REPLICA_ID = 'df6d7740-9be8-daca-2f39-859563d07979';

export const TOPOLOGY = {
  externalMeetingId: 'town-hall-2030',
  epoch: 1,
  status: 'live',
  options: {
    mediaRegion: 'eu-central-1',
    maxReplicas: 8,
    waitForPresenter: true,
    tags: [{ Key: 'event', Value: 'town hall' }],
  },
  primary: PRIMARY,
  replicas: [
    {
      ordinal: 0,
      meetingId: REPLICA_ID,
      mediaRegion: 'eu-west-1',
      primaryMeetingId: PRIMARY.meetingId,
      status: 'open',
      seatsTaken: 1,
      capacity: 250,
    },
  ],
  viewers: 1,
};

/** Chime's Meeting of the replica, without most of its URLs. */
export const REPLICA = {
  MeetingId: REPLICA_ID,
  ExternalMeetingId: 'town-hall-2030',
  MediaRegion: 'eu-west-1',
  MediaPlacement: { SignalingUrl: `wss://signal.m1.ew1.app.chime.aws/control/${REPLICA_ID}` },
  PrimaryMeetingId: PRIMARY.meetingId,
};

/** Linus, as hosts and presenters see him. */
export const SEATED = {
  externalUserId: 'linus',
  displayName: 'Linus Quill',
  role: 'viewer',
  mediaRegion: 'eu-west-1',
  ordinal: 0,
  joinedAt: '2030-05-01T16:58:59.678Z',
  promoted: true,
  presence: 'present',
};
