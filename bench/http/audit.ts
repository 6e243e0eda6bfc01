import type { TopologyAnswer } from '../../lib/contract/answers/meetings.ts';
import type { Phase } from './phases.ts';

/** The seat that a join returned. */
export interface Seating {
  meetingId: string;
  attendeeId: string;
}

export interface Evidence {
  viewers: number;
  first: readonly (Seating | undefined)[];
  again: readonly (Seating | undefined)[];
  topology: TopologyAnswer;
  phases: readonly Phase[];
}

/** The violated guarantees after the crowd has come; empty if all hold. */
export function faultsOf(evidence: Evidence): string[] {
  return [
    ...unseated(evidence),
    ...shared(evidence),
    ...moved(evidence),
    ...oversold(evidence),
    ...failed(evidence),
  ];
}

function unseated({ first, viewers, topology }: Evidence): string[] {
  const missing = first.filter((seating) => !seating).length;
  return [
    ...(missing > 0 ? [`${missing} of ${viewers} viewers have no seat`] : []),
    ...(topology.viewers === viewers
      ? []
      : [`the topology counts ${topology.viewers} viewers, not ${viewers}`]),
  ];
}

function shared({ first }: Evidence): string[] {
  const ids = first.flatMap((seating) => (seating ? [seating.attendeeId] : []));
  const repeated = ids.length - new Set(ids).size;
  return repeated > 0 ? [`${repeated} viewers hold the attendee of another viewer`] : [];
}

function moved({ first, again }: Evidence): string[] {
  const others = again.filter((seating, at) => seating?.attendeeId !== first[at]?.attendeeId).length;
  return others > 0 ? [`${others} viewers got another attendee when they joined again`] : [];
}

function oversold({ first, topology }: Evidence): string[] {
  return topology.replicas.flatMap(({ ordinal, meetingId, capacity, seatsTaken }) => {
    const seated = first.filter((seating) => seating?.meetingId === meetingId).length;
    const most = Math.max(seated, seatsTaken);
    return most > capacity ? [`replica ${ordinal} holds ${most} of ${capacity}`] : [];
  });
}

function failed({ phases }: Evidence): string[] {
  return phases.flatMap(({ phase, statuses }) =>
    Object.entries(statuses).flatMap(([status, count]) =>
      status === '0' || Number(status) >= 500 ? [`${count} answers of ${status} to ${phase}`] : [],
    ),
  );
}
