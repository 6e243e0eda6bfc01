import { type Current, type Life, spansOf } from '../../domain/ledger/life.ts';
import { nextOrdinal } from '../../domain/meeting/ordinals.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { Refusal } from '../../refusals.ts';
import { type LifeRecord, readLives } from '../../store/ledger/lives.ts';

/** A life of a name, with its record. */
export interface KnownLife {
  record: LifeRecord;
  life: Life;
}

/** The known lives of a name, the latest first. A life is known from its first primary, or its end, on. */
export async function livesOf(topology: Topology): Promise<KnownLife[]> {
  const records = await readLives(topology.externalMeetingId);
  return records.map((record, n) => ({ record, life: lifeIn(record, records[n - 1], topology) }));
}

/** The life that began at this instant, or the latest one. Refuses another instant. Undefined if none is known. */
export function chosenLife(lives: readonly KnownLife[], asked: string | undefined): KnownLife | undefined {
  if (asked === undefined) return lives[0];
  const openedAt = Date.parse(asked);
  const found = lives.find(({ life }) => life.openedAt === openedAt);
  if (!found)
    throw new Refusal('BAD_REQUEST', {
      field: 'life',
      detail: 'is not the openedAt of a known life, as GET …/usage lists them',
    });
  return found;
}

/** What a record says of a life of the name. `next`: the record of the life after it, if there is one. */
export function lifeIn(record: LifeRecord, next: LifeRecord | undefined, topology: Topology): Life {
  const spans = spansOf(record.facts);
  const isCurrent = record.incarnation === topology.incarnation;
  const followedAt = next?.openedAt ?? (isCurrent ? undefined : topology.incarnatedAt);
  const endedAt = spans.get('m')?.endedAt ?? followedAt;
  return {
    openedAt: record.openedAt,
    spans,
    ...(endedAt !== undefined && { endedAt }),
    ...(isCurrent && { current: currentOf(topology) }),
  };
}

/** The Chime meetings that are open now. If the name has ended, its last epoch is over too. */
function currentOf(topology: Topology): Current {
  const { epoch, replicas, status } = topology;
  return {
    epoch: status === 'ended' ? epoch + 1 : epoch,
    replicas: new Set(replicas.map(({ ordinal }) => ordinal)),
    nextOrdinal: nextOrdinal(topology),
  };
}

/** A life as it is answered. */
export function lifeView({ life }: KnownLife) {
  const { openedAt, endedAt } = life;
  return {
    openedAt: new Date(openedAt).toISOString(),
    ...(endedAt !== undefined && { endedAt: new Date(endedAt).toISOString() }),
  };
}
