import { captionsIn } from '../../lib/domain/captions/wish.ts';
import { presenceFrom } from '../../lib/domain/meeting/presence.ts';
import { readResources, readService } from '../support/service.ts';

const resources = readResources();
const properties = (id: string) => resources[id]?.Properties ?? {};
const { functions } = readService();

interface Pattern {
  source: string[];
  'detail-type': string[];
  detail: { eventType: string[] };
}

/** https://docs.aws.amazon.com/chime-sdk/latest/dg/using-events.html */
const TOLD_BY_CHIME = [
  'MeetingStarted',
  'MeetingEnded',
  'AttendeeAdded',
  'AttendeeDeleted',
  'TranscriptionStarted',
  'TranscriptionInterrupted',
  'TranscriptionResumed',
  'TranscriptionFailed',
  'TranscriptionStopped',
  'AttendeeAuthorized',
  'AttendeeJoined',
  'AttendeeLeft',
  'AttendeeDropped',
  'AttendeeVideoStarted',
  'AttendeeVideoStopped',
  'AttendeeContentJoined',
  'AttendeeContentLeft',
  'AttendeeContentDropped',
  'AttendeeContentVideoStarted',
  'AttendeeContentVideoStopped',
  'AttendeeCapabilitiesUpdated',
].map((type) => `chime:${type}`);

const saysSomething = (eventType: string) =>
  eventType === 'chime:MeetingEnded' ||
  presenceFrom(eventType, 0) !== undefined ||
  captionsIn({ eventType, timestamp: 0 }) !== undefined;

describe('the rule for Chime’s events', () => {
  it('matches the events that are applied, and no other', () => {
    const {
      source,
      'detail-type': detailType,
      detail,
    } = properties('ChimeEventsRule').EventPattern as Pattern;
    expect([source, detailType]).toEqual([['aws.chime'], ['Chime Meeting State Change']]);
    expect(detail.eventType.toSorted()).toEqual(TOLD_BY_CHIME.filter(saysSomething).toSorted());
  });
});

describe('the queue of Chime’s events', () => {
  const { VisibilityTimeout, SqsManagedSseEnabled, RedrivePolicy } = properties('ChimeEvents');

  it('is encrypted, like its dead-letter queue', () => {
    expect(SqsManagedSseEnabled).toBe(true);
    expect(properties('ChimeEventsDead').SqsManagedSseEnabled).toBe(true);
  });

  it('hides a message for longer than the function’s timeout, and drops it after five receives', () => {
    const { timeout } = readService().provider;
    expect(VisibilityTimeout).toBeGreaterThan(6 * timeout);
    expect(RedrivePolicy).toMatchObject({ maxReceiveCount: 5 });
  });

  it('feeds a function that reports failed messages one by one', () => {
    expect(functions.chimeEvents?.events).toMatchObject([
      { sqs: { arn: 'ChimeEvents.Arn', batchSize: 10, functionResponseType: 'ReportBatchItemFailures' } },
    ]);
  });
});

describe('the reconciler', () => {
  const { reconcile } = functions;

  it('runs every minute, without a retry', () => {
    expect(reconcile).toMatchObject({ maximumRetryAttempts: 0, events: [{ schedule: 'rate(1 minute)' }] });
  });

  it('ends before the next one begins, and has more time than it reserves for the last name', () => {
    expect(reconcile?.timeout).toBeLessThanOrEqual(60);
    expect(reconcile?.timeout).toBeGreaterThan(20);
  });
});
