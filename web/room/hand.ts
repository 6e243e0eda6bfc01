import { type Balcony, browserDeps, type Promotion } from '../../client/balcony.ts';
import { wayToStage } from '../../client/stay/way-to-stage.ts';
import { byId } from '../dom.ts';
import type { devicesOf } from './devices.ts';
import { attempt, tell, tellRefusal } from './said.ts';
import type { Session } from './session.ts';
import { isMuted, MUTED_ON_ENTRY } from './show.ts';
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
  const button = byId<HTMLButtonElement>('hand');
  const stepDown = byId('step-down');
  let isReload = isReturn;

  const show = () => {
    const isOnStage = way.isOnStage();
    button.hidden = isOnStage;
    stepDown.hidden = !isOnStage;
    byId('role').textContent = isOnStage ? 'On stage' : 'Viewer';
    button.ariaPressed = String(hand.isUp);
    button.textContent = hand.isUp ? 'Lower hand' : 'Raise hand';
  };

  const onStage = async (promotion: Promotion, again: boolean) => {
    const news = again ? 'You are on stage again.' : isReload ? ON_STAGE_AGAIN : ON_STAGE;
    isReload = false;
    hand.isUp = false; // a granted promotion lowers the hand
    show();
    await devices.allow(true);
    tell(isMuted(promotion.Attendee) ? `${news} ${MUTED_ON_ENTRY}` : news);
    byId('microphone').focus();
  };

  const backToSeat = async (news: string) => {
    await devices.allow(false);
    show();
    tell(news);
    button.focus();
  };

  const way = wayToStage({
    look: (signal) => balcony.promotion(meeting, signal),
    promote: session.promote,
    deps: browserDeps,
    isHandUp: () => hand.isUp,
    onStage,
    onAudience: (why) => backToSeat(why === 'demoted' ? BROUGHT_BACK : CONNECTION_LOST),
    onRefusal: tellRefusal,
  });

  button.onclick = () =>
    attempt(async () => {
      await balcony.hand(meeting, hand.isUp ? 'down' : 'up');
      hand.isUp = !hand.isUp;
      show();
      tell(hand.isUp ? 'Your hand is up. A host can bring you on stage now.' : 'Your hand is down.');
      if (hand.isUp) way.search('hoped-for');
      else way.stopSearch();
    });

  stepDown.onclick = () =>
    attempt(async () => {
      way.stepDown();
      const off = devices.allow(false);
      session.audioVideo.demoteFromPrimaryMeeting();
      await off;
      show();
      button.disabled = true; // until the service knows, it refuses the hand of a person on stage
      await balcony.demote(meeting, name).finally(() => {
        button.disabled = false;
      });
      tell('You are back in the audience.');
      button.focus();
    });

  session.onDemoted(way.demoted);

  show();
  if (isReturn) session.onFirstStart(() => way.search('expected'));
  else if (hand.isUp) way.search('hoped-for');
  return {
    isOnStage: way.isOnStage,
    /** A host's page announced a promotion: ask the service at once. */
    called: () => void (way.isOnStage() || way.search('expected')),
    /** A host's page announced that the hand is lowered. */
    lowered: () => {
      if (!hand.isUp) return;
      hand.isUp = false;
      way.stopSearch();
      show();
      tell('A host has lowered your hand.');
    },
    close: way.close,
  };
}

const ON_STAGE = 'You are on stage. Your microphone is off until you switch it on.';
const ON_STAGE_AGAIN = 'You are on stage again. Your microphone is off until you switch it on.';
const BROUGHT_BACK = 'A host has brought you back to the audience.';
const CONNECTION_LOST = 'The connection was lost, and you are back in the audience.';
