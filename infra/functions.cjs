/**
 * The permissions of each function: what it does to the table, which indexes it queries, what it does to Chime's meetings,
 * whether it opens or transcribes any, the queue that it receives from, and what else it does to queues and parameters. `condition`: the function
 * exists only then. A test bundles each handler and compares.
 */

/** Creating a meeting cannot be narrowed to a resource: roles.cjs. */
const CREATE = ['chime:CreateMeeting', 'chime:CreateMeetingWithAttendees'];
/** Chime requires these actions to create a meeting with tags. */
const TAG = ['chime:TagMeeting', 'chime:TagResource'];
const READ_WRITE = ['dynamodb:GetItem', 'dynamodb:UpdateItem'];
/** Removes the record of a meeting that may still live at Chime, once it is deleted there. */
const FORGET = 'dynamodb:DeleteItem';
const LEAVE_STAGE = ['chime:DeleteAttendee', 'chime:ListAttendees'];
const ENTER_STAGE = [...LEAVE_STAGE, 'chime:CreateAttendee'];
/** Nor can these be narrowed to a meeting. */
const TRANSCRIBE = ['chime:StartMeetingTranscription', 'chime:StopMeetingTranscription'];
const WEBHOOKS = 'WebhooksAreOn';

module.exports = {
  health: {},
  openapi: {},
  listMeetings: { table: ['dynamodb:BatchGetItem'], index: 'byStatus' },
  createMeeting: {
    table: [...READ_WRITE, FORGET, 'dynamodb:BatchGetItem'],
    chime: ['chime:DeleteMeeting', ...TAG],
    opens: CREATE, // to delete what an unfinished claim may have opened
  },
  getMeeting: { table: [...READ_WRITE, 'dynamodb:BatchGetItem'] },
  endMeeting: {
    table: [...READ_WRITE, FORGET],
    chime: ['chime:DeleteMeeting', ...TAG],
    opens: CREATE, // for the same
  },
  reopenMeeting: {
    table: [...READ_WRITE, FORGET, 'dynamodb:BatchGetItem'],
    chime: ['chime:DeleteMeeting', ...TAG],
    opens: CREATE, // for the same
  },
  drainRegion: {
    table: [...READ_WRITE, FORGET, 'dynamodb:BatchGetItem', 'dynamodb:PutItem'],
    chime: [...LEAVE_STAGE, ...TAG, 'chime:BatchCreateAttendee', 'chime:DeleteMeeting', 'chime:GetMeeting'],
    opens: CREATE,
  },
  liftDrain: { table: READ_WRITE },
  openCurtain: { table: READ_WRITE },
  closeCurtain: { table: READ_WRITE },
  setCaptions: { table: READ_WRITE, transcribes: TRANSCRIBE },
  stopCaptions: { table: READ_WRITE, transcribes: TRANSCRIBE },
  joinMeeting: {
    table: [...READ_WRITE, FORGET, 'dynamodb:BatchGetItem', 'dynamodb:PutItem'],
    chime: [
      ...ENTER_STAGE,
      ...TAG,
      'chime:BatchCreateAttendee',
      'chime:DeleteMeeting',
      'chime:GetMeeting',
      'chime:UpdateAttendeeCapabilities',
    ],
    opens: CREATE,
    transcribes: TRANSCRIBE,
  },
  leaveMeeting: { table: READ_WRITE, chime: LEAVE_STAGE },
  reportClientEvents: { table: READ_WRITE },
  listAttendees: { table: [...READ_WRITE, 'dynamodb:Query'] },
  getAttendee: { table: READ_WRITE },
  removeAttendee: { table: READ_WRITE, chime: LEAVE_STAGE },
  updateAttendee: { table: READ_WRITE, chime: ['chime:UpdateAttendeeCapabilities'] },
  muteAll: {
    table: [...READ_WRITE, 'dynamodb:BatchGetItem'],
    chime: ['chime:BatchUpdateAttendeeCapabilitiesExcept', 'chime:UpdateAttendeeCapabilities'],
  },
  listAttendance: { table: [...READ_WRITE, 'dynamodb:Query'] },
  eraseAttendance: { table: [...READ_WRITE, FORGET, 'dynamodb:Query'] },
  getUsage: { table: [...READ_WRITE, 'dynamodb:Query'] },
  raiseHand: { table: READ_WRITE },
  lowerHand: { table: READ_WRITE },
  lowerHandOf: { table: READ_WRITE },
  listHands: { table: [...READ_WRITE, 'dynamodb:BatchGetItem'], index: 'byList' },
  grantPromotion: {
    table: [...READ_WRITE, 'dynamodb:BatchGetItem'],
    chime: [...ENTER_STAGE, 'chime:GetMeeting'],
  },
  getPromotion: { table: READ_WRITE, chime: ['chime:UpdateAttendeeCapabilities'] },
  revokePromotion: { table: READ_WRITE, chime: LEAVE_STAGE },
  listBans: { table: [...READ_WRITE, 'dynamodb:BatchGetItem'], index: 'byList' },
  liftBan: { table: READ_WRITE },
  reconcile: {
    table: [...READ_WRITE, FORGET, 'dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
    index: 'byReconcileAt',
    chime: [
      ...LEAVE_STAGE,
      ...TAG,
      'chime:BatchCreateAttendee',
      'chime:DeleteMeeting',
      'chime:GetMeeting',
      'chime:UpdateAttendeeCapabilities',
    ],
    opens: CREATE,
    transcribes: TRANSCRIBE,
  },
  provisionSeats: {
    table: [...READ_WRITE, FORGET, 'dynamodb:BatchGetItem', 'dynamodb:PutItem'],
    chime: [...LEAVE_STAGE, ...TAG, 'chime:BatchCreateAttendee', 'chime:DeleteMeeting', 'chime:GetMeeting'],
    opens: CREATE,
  },
  chimeEvents: { table: [...READ_WRITE, 'dynamodb:BatchGetItem'], index: 'bySeat', queue: 'ChimeEvents' },
  publishEvents: {
    condition: WEBHOOKS,
    stream: true,
    queues: { 'sqs:SendMessage': ['Webhooks', 'WebhooksUnpublished'] }, // Lambda itself sends to the latter
  },
  deliverWebhooks: {
    condition: WEBHOOKS,
    queue: 'Webhooks',
    queues: { 'sqs:ChangeMessageVisibility': ['Webhooks'] },
    webhookKeys: true,
  },
};
