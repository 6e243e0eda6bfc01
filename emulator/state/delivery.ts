import type { Delivery, Notification } from './deliveries.ts';
import type { ChimeEvent, LoggedEvent } from './event-log.ts';
import type { Meeting } from './meetings/meeting.ts';
import { fraction } from './random.ts';
import type { ChimeState } from './state.ts';

/**
 * Sends an event to each of its targets. The guide says that "events might be delivered out of order", and that delivery is
 * best effort. So each delivery may be lost, duplicated or late, at random within the options.
 * https://docs.aws.amazon.com/chime-sdk/latest/dg/mtgs-sdk-notifications.html
 */
export function send(state: ChimeState, meeting: Meeting, logged: LoggedEvent): void {
  for (const delivery of waysOf(meeting, logged)) {
    for (let copy = copies(state); copy > 0; copy--) {
      state.deliveries.late.push({ delivery, due: state.clock.now() + lateness(state) });
    }
  }
  deliverDue(state);
}

/** Delivers what is due now, in the order of the due times. */
export function deliverDue({ deliveries, clock }: ChimeState): void {
  const now = clock.now();
  const due = deliveries.late.filter((each) => each.due <= now);
  deliveries.late = deliveries.late.filter((each) => each.due > now);
  for (const { delivery } of due.sort((one, other) => one.due - other.due))
    for (const listener of deliveries.listeners) listener(delivery);
}

function waysOf({ notifications }: Meeting, { sequence, event }: LoggedEvent): Delivery[] {
  const { SqsQueueArn, SnsTopicArn } = notifications ?? {};
  const notification = notificationOf(event);
  return [
    { sequence, via: 'EventBridge', event },
    ...(SqsQueueArn ? [{ sequence, via: 'SQS' as const, arn: SqsQueueArn, event: notification }] : []),
    ...(SnsTopicArn ? [{ sequence, via: 'SNS' as const, arn: SnsTopicArn, event: notification }] : []),
  ];
}

function notificationOf({ id: _, resources: __, ...event }: ChimeEvent): Notification {
  return { ...event, time: new Date(event.detail.timestamp).toISOString() };
}

function copies({ options, hex }: ChimeState): number {
  if (options.eventLoss > 0 && fraction(hex) < options.eventLoss) return 0;
  return options.eventDuplication > 0 && fraction(hex) < options.eventDuplication ? 2 : 1;
}

function lateness({ options, hex }: ChimeState): number {
  return options.eventReordering > 0 ? Math.floor(fraction(hex) * (options.eventReordering + 1)) : 0;
}
