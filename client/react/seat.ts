import type { Balcony, Deps, Joined } from '../balcony.ts';
import { codeOf } from '../stay/chime.ts';
import { wayToStage } from '../stay/way-to-stage.ts';
import type { Session } from './manager.ts';
import type { MeetingEvent } from './state.ts';

export interface SeatOptions {
  client: Balcony;
  meeting: string;
  joined: Joined;
  session: Session;
  /** Outlives the seat: a raised hand stays up when the meeting is interrupted. */
  hand: Hand;
  tell: (event: MeetingEvent) => void;
  deps: Deps;
}

export interface Hand {
  isUp: () => boolean;
  set: (isUp: boolean) => void;
}

/** What a person can do in one session. */
export type Seat = ReturnType<typeof seatIn>;

/** Follows promotions and demotions for the life of one session. */
export function seatIn({ client, meeting, joined, session, hand, tell, deps }: SeatOptions) {
  const way = wayToStage({
    look: (signal) => client.promotion(meeting, signal),
    promote: session.promote,
    deps,
    isHandUp: hand.isUp,
    onStage: () => {
      hand.set(false);
      tell({ kind: 'stage', isOn: true });
    },
    onAudience: () => {
      tell({ kind: 'stage', isOn: false });
      return session.stopDevices();
    },
    onRefusal: () => hand.set(false),
  });
  let isReturn = joined.promoted === true;
  session.audioVideo.addObserver({
    audioVideoDidStart: () => {
      if (isReturn) way.search('expected');
      isReturn = false;
    },
    audioVideoWasDemotedFromPrimaryMeeting: (status) => way.demoted(codeOf(status)),
  });
  if (hand.isUp()) way.search('hoped-for');

  return {
    handChanged: () => (hand.isUp() ? way.search('hoped-for') : way.stopSearch()),
    expectPromotion: () => void (way.isOnStage() || way.search('expected')),
    leaveStage: async (): Promise<void> => {
      way.stepDown();
      tell({ kind: 'stage', isOn: false });
      session.audioVideo.demoteFromPrimaryMeeting();
      await session.stopDevices();
      await client.demote(meeting, joined.externalUserId);
    },
    close: way.close,
  };
}
