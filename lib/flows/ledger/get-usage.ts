import { allSettledOrThrow } from '../../all-settled.ts';
import type { Answer, RequestContext } from '../../context.ts';
import type { UsageAnswer } from '../../contract/answers/ledger.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import type { Position } from '../../domain/access/cursor.ts';
import { intervalsOf } from '../../domain/ledger/intervals.ts';
import { openedIn } from '../../domain/ledger/life.ts';
import { costOf, type Usage, usageMeter } from '../../domain/ledger/usage.ts';
import { settings } from '../../settings.ts';
import { SHARDS } from '../../store/keys.ts';
import { type AttendancePage, readShard } from '../../store/ledger/attendance.ts';
import { lookUpTopology } from '../shared/context.ts';
import { chosenLife, type KnownLife, lifeView, livesOf } from './lives.ts';

type UsageRequest = RequestOf<(typeof operations)['getUsage']>;

/** Sum up one life of a name: all of its attendance is read, which costs a read unit for every 8 KB. */
export async function getUsage(request: UsageRequest, context: RequestContext): Promise<Answer> {
  const topology = await lookUpTopology(request.externalMeetingId, context);
  const lives = await livesOf(topology);
  const known = chosenLife(lives, request.life);
  const usage = known ? await usageOf(known, context.now()) : usageMeter(context.now()).total();
  const { epochs, replicas } = openedIn({ spans: known?.life.spans ?? new Map() });
  const body: UsageAnswer = {
    ...(known && { life: lifeView(known) }),
    ...figuresOf(usage),
    refusals: known?.record.refusals ?? {},
    epochs,
    replicas,
    lives: lives.map(lifeView),
  };
  return { status: 200, body };
}

/** The usage of a life; all shards are read at the same time, and the pages of one shard one after the other. */
async function usageOf({ record, life }: KnownLife, now: number): Promise<Usage> {
  const meter = usageMeter(now);
  const addShard = async (shard: number) => {
    for (let from: Position | undefined = { shard }; from?.shard === shard; ) {
      const { people, next }: AttendancePage = await readShard(record, from);
      for (const person of people)
        meter.add({ intervals: intervalsOf(person, life), regions: person.regions });
      from = next;
    }
  };
  await allSettledOrThrow(Array.from({ length: SHARDS }, (_, shard) => addShard(shard)));
  return meter.total();
}

/** A thousandth of a minute, and a millionth of the currency, are exact enough. */
const rounded = (number: number, digits = 3) => Number(number.toFixed(digits));

function figuresOf(usage: Usage) {
  const { people, joins, minutes, peak } = usage;
  const { audience, stage, estimated } = minutes;
  const cost = costOf(usage, settings().price);
  const regions = Object.entries(usage.byMediaRegion).map(([region, many]) => [region, rounded(many)]);
  return {
    people,
    joins,
    attendeeMinutes: {
      audience: rounded(audience),
      stage: rounded(stage),
      total: rounded(audience + stage),
      estimated: rounded(estimated),
    },
    byMediaRegion: Object.fromEntries(regions),
    ...(peak && { peak: { viewers: peak.viewers, at: new Date(peak.at).toISOString() } }),
    ...(cost && { cost: { amount: rounded(cost.amount, 6), currency: cost.currency } }),
  };
}
