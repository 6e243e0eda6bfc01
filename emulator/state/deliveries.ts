import type { ChimeEvent } from './event-log.ts';

/** What a meeting's own queue or topic gets: the same content, seen without `id` and `resources`. */
export type Notification = Omit<ChimeEvent, 'id' | 'resources'>;

/** An event as it reaches somebody. Every one goes to EventBridge; queue and topic are the meeting's own. */
export type Delivery = { sequence: number } & (
  | { via: 'EventBridge'; event: ChimeEvent }
  | { via: 'SQS' | 'SNS'; arn: string; event: Notification }
);

export type EventListener = (delivery: Delivery) => void;

/** Deliveries that are late, and who hears those that are due. */
export interface Deliveries {
  late: { delivery: Delivery; due: number }[];
  listeners: Set<EventListener>;
}
