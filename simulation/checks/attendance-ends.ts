import { type Connection, sideOf } from '../../lib/domain/ledger/facts.ts';
import { endOf } from '../../lib/domain/ledger/life.ts';
import type { World } from '../world.ts';
import { type Attended, meetingOf, type Scene, UNHEARD } from './attendance-scene.ts';

/** How near to the true departure the service notes one that Chime did not report (milliseconds). */
const NEAR_MS = 3000;

/**
 * Where an interval ends whose beginning is true.
 * 1. One that is not estimated ends with a departure that Chime reported.
 * 2. On the stage, an estimated end is not before the true one, unless it is that of the meeting.
 * 3. If no event is lost, one in a seat or place that the person still has ends with the departure that followed, or near it if it is
 *    estimated. It is open as long as the person is connected.
 */
export function endFaults(scene: Scene, { externalUserId, intervals }: Attended, held: string[]): string[] {
  const { kinds } = scene.world.plan;
  return intervals.flatMap((interval) => {
    const { connection, from, to, isEstimated } = interval;
    const stays = staysFrom(scene, connection, from);
    const isBound = to === undefined || endOf(scene.life, connection) !== undefined;
    const mayBe = ({ key, ends, end = Number.POSITIVE_INFINITY }: (typeof stays)[number]): boolean => {
      if (!isEstimated && to !== undefined && !ends.includes(to)) return false;
      if (kinds.has('skew')) return true;
      if (sideOf(connection) === 'stage' && !isBound && to < end - NEAR_MS) return false;
      return !held.includes(key) || !losesNone(scene.world) || isNear(to, end, isEstimated);
    };
    if (stays.length === 0 || stays.some(mayBe)) return [];
    return [
      `${externalUserId} attended ${connection} from ${from} to ${to}, in truth ${JSON.stringify(stays)}`,
    ];
  });
}

/** Whether no event was lost, and each found the seat of its person. */
const losesNone = ({ plan }: World): boolean =>
  plan.faultRates.loseEvent === 0 && !UNHEARD.some((kind) => plan.kinds.has(kind));

const isNear = (to = Number.POSITIVE_INFINITY, end: number, isEstimated: boolean): boolean =>
  to === end || (isEstimated && Math.abs(end - to) <= NEAR_MS);

/** What truly followed the joins of this instant: the departures that Chime reported, and when the connection ended. */
function staysFrom(scene: Scene, connection: Connection, from: number) {
  const meeting = meetingOf(scene, connection);
  const isJoin = ({ at, kind }: { at: number; kind: string }) => kind === 'joined' && at === from;
  return [...scene.truth]
    .filter(([key, told]) => key.startsWith(`${meeting?.meetingId}/`) && told.some(isJoin))
    .map(([key, told]) => {
      const ends = told.filter(({ at, kind }) => kind === 'ended' && at >= from).map(({ at }) => at);
      return { key, ends, end: ends[0] ?? meeting?.endedAt ?? undefined };
    });
}
