import type { DynamoService } from '../aws/dynamodb.ts';
import { inputOf, operationOf } from '../aws/dynamodb.ts';
import type { WireReply, WireRequest } from '../aws/wire.ts';
import type { Input } from '../dynamodb/table.ts';
import type { Item } from '../dynamodb/values.ts';
import { busiestWindow } from '../numbers.ts';
import { type Units, unitsOf } from './units.ts';

/** The requests that went to DynamoDB. */
export interface Meter extends Units {
  requests: number;
  /** The instants of all writes, rejected ones too, by partition key (milliseconds). */
  writesAt: Map<string, number[]>;
}

export const createMeter = (): Meter => ({ requests: 0, reads: 0, writes: 0, writesAt: new Map() });

const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan'];
const keyOf = ({ pk, sk }: Item) => `${pk?.S}\n${sk?.S}`;

/** Lets DynamoDB answer a request, and counts its cost. */
export function metered(meter: Meter, dynamo: DynamoService, request: WireRequest, now: number): WireReply {
  const [operation, input] = [operationOf(request), inputOf(request)];
  const keys = keysOf(operation, input).map(keyOf);
  const before = keys.map((key) => dynamo.table.items.get(key));
  const reply = dynamo.answer(request);
  const after = dynamo.table.items.get(keys[0] ?? '');
  const found = (reply.done as { Items?: Item[] } | undefined)?.Items ?? [];
  const units = unitsOf({ operation, input, before, after, found, isRefused: reply.status !== 200 });
  meter.requests++;
  meter.reads += units.reads;
  meter.writes += units.writes;
  if (!READS.includes(operation)) noteWrite(meter, (input.Key ?? input.Item).pk?.S as string, now);
  return reply;
}

function keysOf(operation: string, { Key, Item, RequestItems }: Input): Item[] {
  if (operation === 'BatchGetItem') return Object.values(RequestItems).flatMap(({ Keys }) => Keys);
  return [Key ?? Item].filter(Boolean);
}

function noteWrite({ writesAt }: Meter, pk: string, now: number): void {
  const times = writesAt.get(pk) ?? [];
  if (times.length === 0) writesAt.set(pk, times);
  times.push(now);
}

/** The partition key with the most writes in any one second. A key takes 1,000 write units a second. */
export function hottestKey({ writesAt }: Meter): { key: string; writesPerSecond: number } {
  const all = [...writesAt].map(([key, times]) => ({ key, writesPerSecond: busiestWindow(times, 1000) }));
  return all.reduce((most, each) => (each.writesPerSecond > most.writesPerSecond ? each : most), {
    key: '',
    writesPerSecond: 0,
  });
}
