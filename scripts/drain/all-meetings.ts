import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { runs } from '../../lib/domain/meeting/seats.ts';
import { drainByOperator, liftByOperator } from '../../lib/flows/meeting/drain-by-operator.ts';
import { liftDeploymentDrain, setDeploymentDrain } from '../../lib/store/deployment-drains.ts';
import { namesOnList, RECONCILE_SHARDS } from '../../lib/store/topology/due.ts';

/** What an operator asks for, for all meetings of a deployment. */
export interface Order {
  mediaRegion: MediaRegion;
  what: 'drain' | 'evacuate' | 'lift';
}

/** The names by what was done about them. */
export type Outcomes = Record<'done' | 'nowhereElse' | 'notNow', string[]>;

export interface Pace {
  now: () => number;
  pause: (ms: number) => Promise<unknown>;
}

/** Names that are written at once, and the pause between (milliseconds): at most forty writes a second. */
const AT_ONCE = 10;
const PAUSE_MS = 250;

/**
 * Drains a media region of every name that has meetings, or lifts the drains that operators set. It only writes records: the
 * reconciler carries evacuations out, within the quotas of Chime. The record of the deployment comes first: by it the reconciler
 * drains the meetings that open later, until it is lifted.
 */
export async function drainAllMeetings(order: Order, { now, pause }: Pace): Promise<Outcomes> {
  const { mediaRegion, what } = order;
  if (what === 'lift') await liftDeploymentDrain(mediaRegion);
  else await setDeploymentDrain(mediaRegion, what === 'evacuate', now());
  const outcomes: Outcomes = { done: [], nowhereElse: [], notNow: [] };
  for (let shard = 0; shard < RECONCILE_SHARDS; shard++)
    for (const names of runs(await namesOnList(shard), AT_ONCE)) {
      await Promise.all(
        names.map(async ({ externalMeetingId: name }) =>
          outcomes[await carryOut(order, name, now)].push(name),
        ),
      );
      await pause(PAUSE_MS);
    }
  return outcomes;
}

async function carryOut(
  { mediaRegion, what }: Order,
  externalMeetingId: string,
  now: () => number,
): Promise<keyof Outcomes> {
  const about = { externalMeetingId, mediaRegion };
  if (what === 'lift') return (await liftByOperator(about)) === 'lifted' ? 'done' : 'notNow';
  const outcome = await drainByOperator({ ...about, evacuate: what === 'evacuate' }, now);
  return outcome === 'drained' ? 'done' : outcome === 'nowhere-else' ? 'nowhereElse' : 'notNow';
}

/** The outcomes, for people to read. */
export function wordsOf({ mediaRegion, what }: Order, { done, nowhereElse, notNow }: Outcomes): string {
  const listed = (names: string[]) => names.map((name) => `  ${name}`);
  if (what === 'lift')
    return `${done.length} drains of ${mediaRegion} are lifted. ${notNow.length} names had none by an operator.`;
  return [
    `${mediaRegion} is drained for ${done.length} names, and for those that open later until --lift, within a minute.`,
    ...(what === 'evacuate'
      ? ['The reconciler moves their viewers within the quotas. GET /meetings/{name} shows the progress.']
      : []),
    ...(nowhereElse.length > 0
      ? ['No other allowed media region is left for these, which stay:', ...listed(nowhereElse)]
      : []),
    ...(notNow.length > 0 ? [`${notNow.length} names are ended, or are changing.`] : []),
  ].join('\n');
}
