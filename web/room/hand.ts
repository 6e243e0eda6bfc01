import type { Balcony, Promotion } from '../../client/balcony.ts';
import { browserDeps } from '../../client/join.ts';
import { Refusal } from '../../client/refusal.ts';
import { byId } from '../dom.ts';
import type { devicesOf } from './devices.ts';
import { attempt, tell, tellRefusal } from './said.ts';
import type { Session } from './session.ts';
import { isMuted, MUTED_ON_ENTRY } from './show.ts';
import { type Prospect, type Search, untilPromoted } from './until-promoted.ts';
import type { Visitor } from './visitor.ts';

interface Seat {
  /** The join returned the person to the stage: the page was reloaded. */
  isReturn: boolean;
  balcony: Balcony;
  visitor: Visitor;
  session: Session;
  devices: ReturnType<typeof devicesOf>;
}

/** The state that outlives a session: a raised hand stays up when the meeting is interrupted. */
export interface Hand {
  isUp: boolean;
}

/** A viewer's hand, and the way to the stage and back. */
export function offerHand(
  { isReturn, balcony, visitor: { meeting, name }, session, devices }: Seat,
  hand: Hand,
) {
  const button = byId('hand');
  const stepDown = byId('step-down');
  let isOnStage = false;
  let isEntering = false;
  let isClosed = false;
  let isReload = isReturn;
  let looking: AbortController | undefined;

  const show = () => {
    button.hidden = isOnStage;
    stepDown.hidden = !isOnStage;
    byId('role').textContent = isOnStage ? 'On stage' : 'Viewer';
    button.ariaPressed = String(hand.isUp);
    button.textContent = hand.isUp ? 'Lower hand' : 'Raise hand';
  };

  const enter = async (promotion: Promotion) => {
    if (isEntering) return;
    isEntering = true;
    const result = await session.promote(promotion).finally(() => {
      isEntering = false;
    });
    if (isClosed) return;
    if (result !== 'OK') return lookOut('expected', 'after-a-pause');
    looking?.abort();
    const news = isOnStage ? 'You are on stage again.' : isReload ? ON_STAGE_AGAIN : ON_STAGE;
    isOnStage = true;
    isReload = false;
    hand.isUp = false; // a granted promotion lowers the hand
    show();
    await devices.allow(true);
    tell(isMuted(promotion.Attendee) ? `${news} ${MUTED_ON_ENTRY}` : news);
    byId('microphone').focus();
  };

  const backToSeat = async (news: string) => {
    looking?.abort();
    isOnStage = false;
    await devices.allow(false);
    show();
    tell(news);
    button.focus();
  };

  const lookOut = (prospect: Prospect, first?: Search['first']) => {
    looking?.abort();
    looking = new AbortController();
    const { signal } = looking;
    untilPromoted(() => balcony.promotion(meeting, signal), browserDeps, { prospect, first, signal })
      .then(enter)
      .catch((error) => (signal.aborted ? undefined : endSearch(error)));
  };

  const endSearch = async (error: unknown) => {
    const isNotPromoted = error instanceof Refusal && error.code === 'NOT_PROMOTED';
    if (!isNotPromoted) tellRefusal(error);
    if (isOnStage) await backToSeat(isNotPromoted ? BROUGHT_BACK : CONNECTION_LOST);
    if (isNotPromoted && hand.isUp) lookOut('hoped-for');
  };

  button.onclick = () =>
    attempt(async () => {
      await balcony.hand(meeting, hand.isUp ? 'down' : 'up');
      hand.isUp = !hand.isUp;
      show();
      tell(hand.isUp ? 'Your hand is up. A host can bring you on stage now.' : 'Your hand is down.');
      if (hand.isUp) lookOut('hoped-for');
      else looking?.abort();
    });

  stepDown.onclick = () =>
    attempt(async () => {
      const back = backToSeat('You are back in the audience.');
      session.audioVideo.demoteFromPrimaryMeeting();
      await back;
      await balcony.demote(meeting, name);
    });

  session.onDemoted((why) => {
    if (!isOnStage) return; // the viewer left the stage
    if (why !== 'AudioVideoDisconnectedWhilePromoted') backToSeat(BROUGHT_BACK);
    else lookOut('expected'); // the promotion is still valid: the same credential works again
  });

  show();
  if (isReturn) session.onFirstStart(() => lookOut('expected'));
  else if (hand.isUp) lookOut('hoped-for');
  return {
    isOnStage: () => isOnStage,
    /** A host's page announced a promotion: ask the service at once. */
    called: () => void (isOnStage || lookOut('expected')),
    /** A host's page announced that the hand is lowered. */
    lowered: () => {
      if (!hand.isUp) return;
      hand.isUp = false;
      looking?.abort();
      show();
      tell('A host has lowered your hand.');
    },
    close: () => {
      isClosed = true;
      looking?.abort();
    },
  };
}

const ON_STAGE = 'You are on stage. Your microphone is off until you switch it on.';
const ON_STAGE_AGAIN = 'You are on stage again. Your microphone is off until you switch it on.';
const BROUGHT_BACK = 'A host has brought you back to the audience.';
const CONNECTION_LOST = 'The connection was lost, and you are back in the audience.';
