import type { ChimeEvent } from './event-log.ts';

/** The event in a meeting's own queue or topic: the same content, without `id` and `resources`. */
export type Notification = Omit<ChimeEvent, 'id' | 'resources'>;

/** One delivery of an event. Each event goes to EventBridge; queue and topic are the meeting's own. */
export type Delivery = { sequence: number } & (
  | { via: 'EventBridge'; event: ChimeEvent }
  | { via: 'SQS' | 'SNS'; arn: string; event: Notification }
);

export type EventListener = (delivery: Delivery) => void;

/** Late deliveries, and the listeners of due ones. */
export interface Deliveries {
  late: { delivery: Delivery; due: number }[];
  listeners: Set<EventListener>;
}
