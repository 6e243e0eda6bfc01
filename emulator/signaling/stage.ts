import type { Index, StreamInfo } from './frame.ts';
import { type Identity, idOf, mayBeHeard, mayReceiveVideo, maySendVideo } from './identity.ts';
import { onStageAs, type Session, type Shown, watchesAs } from './session.ts';

/*
 * The visibility rule: a session that watches a stage, in the primary or in any replica, sees exactly the people on that
 * stage. Hence viewers of a replica see neither themselves nor each other.
 * https://aws.github.io/amazon-chime-sdk-js/modules/replicatedmeetings.html
 */

/** The people on stage, as clients are told of them. An attendee who may not send audio appears as muted. */
export const rosterOf = (performers: Session[]): Shown[] =>
  performers.flatMap((session) => {
    const identity = onStageAs(session);
    if (!identity) return [];
    const { audioStreamId } = session;
    const muted = session.muted || !mayBeHeard(identity);
    return [
      { audioStreamId, attendeeId: idOf(identity), externalUserId: identity.attendee.externalUserId, muted },
    ];
  });

/** The changes that turn the known list of people on stage into the current one. */
export function rosterChanges(told: Shown[], now: Shown[], isDropped: (id: number) => boolean): StreamInfo[] {
  const before = byId(told);
  const after = byId(now);
  const gone = told.filter(({ audioStreamId }) => !after.has(audioStreamId));
  const come = now.filter(({ audioStreamId }) => !before.has(audioStreamId));
  const changed = now.filter((each) => (before.get(each.audioStreamId)?.muted ?? each.muted) !== each.muted);
  return [
    ...gone.map(({ audioStreamId }) =>
      isDropped(audioStreamId) ? { audioStreamId, dropped: true } : { audioStreamId },
    ),
    ...come,
    ...changed.map(({ audioStreamId, muted }) => ({ audioStreamId, muted })),
  ];
}

/** The videos that a session may subscribe to: never its own, and only those that its capabilities allow. */
export function indexFor(session: Session, performers: Session[]): Index {
  const viewer = watchesAs(session);
  return {
    atCapacity: !maySend(session),
    sources: performers.flatMap((other) => {
      const isVisible = other !== session && other.video && mayReceiveVideo(viewer, watchesAs(other));
      return isVisible && other.video ? [other.video] : [];
    }),
    numParticipants: performers.length,
  };
}

/** Whether a session may send video: only on stage, and within its capabilities. */
export function maySend(session: Session): boolean {
  const identity: Identity | null = onStageAs(session);
  return identity !== null && maySendVideo(identity);
}

const byId = (roster: Shown[]) => new Map(roster.map((each) => [each.audioStreamId, each]));
