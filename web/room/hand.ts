import type { Balcony } from '../../client/balcony.ts';
import { world } from '../../client/join.ts';
import type { Promotion } from '../../client/types.ts';
import { byId } from '../dom.ts';
import type { devicesOf } from './devices.ts';
import { attempt, tell, tellRefusal } from './said.ts';
import type { Session } from './session.ts';
import { untilPromoted } from './until-promoted.ts';
import type { Visitor } from './visitor.ts';

interface Seat {
  balcony: Balcony;
  visitor: Visitor;
  session: Session;
  devices: ReturnType<typeof devicesOf>;
}

/** What outlives a session: a hand that is up stays so when the meeting is interrupted. */
export interface Hand {
  isUp: boolean;
}

/** A viewer's hand, and their way to the stage and back. */
export function offerHand({ balcony, visitor: { meeting, name }, session, devices }: Seat, hand: Hand) {
  const button = byId('hand');
  const stepDown = byId('step-down');
  let isOnStage = false;
  let isEntering = false;
  let looking: AbortController | undefined;

  const show = () => {
    button.hidden = isOnStage;
    stepDown.hidden = !isOnStage;
    byId('state').textContent = isOnStage ? 'On stage' : 'Viewer';
    button.ariaPressed = String(hand.isUp);
    button.textContent = hand.isUp ? 'Lower hand' : 'Raise hand';
  };

  const enter = async (promotion: Promotion) => {
    if (isEntering) return;
    isEntering = true;
    const result = await session.promote(promotion).finally(() => {
      isEntering = false;
    });
    if (result !== 'OK') return lookOut();
    looking?.abort();
    const wasOnStage = isOnStage;
    isOnStage = true;
    hand.isUp = false; // granting a promotion lowers it
    show();
    await devices.allow(true);
    tell(wasOnStage ? 'You are on stage again.' : ON_STAGE);
    byId('microphone').focus();
  };

  const backToSeat = async (news: string) => {
    isOnStage = false;
    await devices.allow(false);
    show();
    tell(news);
    button.focus();
  };

  const lookOut = () => {
    looking?.abort();
    looking = new AbortController();
    const { signal } = looking;
    untilPromoted(() => balcony.promotion(meeting, signal), world, signal)
      .then(enter)
      .catch((error) => signal.aborted || tellRefusal(error));
  };

  button.onclick = () =>
    attempt(async () => {
      await balcony.hand(meeting, hand.isUp ? 'down' : 'up');
      hand.isUp = !hand.isUp;
      show();
      tell(hand.isUp ? 'Your hand is up. A host can bring you on stage now.' : 'Your hand is down.');
      if (hand.isUp) lookOut();
      else looking?.abort();
    });

  stepDown.onclick = () =>
    attempt(async () => {
      const back = backToSeat('You are back in your seat.');
      session.audioVideo.demoteFromPrimaryMeeting();
      await back;
      await balcony.demote(meeting, name);
    });

  session.onDemoted((why) => {
    if (!isOnStage) return; // they stepped down themselves
    if (why !== 'AudioVideoDisconnectedWhilePromoted') backToSeat(BROUGHT_BACK);
    // The promotion stands: the same credential takes it up again.
    else balcony.promotion(meeting).then(enter, () => backToSeat(CONNECTION_LOST));
  });

  show();
  if (hand.isUp) lookOut();
  return {
    isOnStage: () => isOnStage,
    /** A host's page says that they are promoted: look at once. */
    called: () => void (isOnStage || balcony.promotion(meeting).then(enter, () => undefined)),
    close: () => looking?.abort(),
  };
}

const ON_STAGE = 'You are on stage. Your microphone is off until you switch it on.';
const BROUGHT_BACK = 'A host has brought you back to your seat.';
const CONNECTION_LOST = 'The connection was lost, and you are back in your seat.';
