import type { Balcony } from '../../client/balcony.ts';
import { world } from '../../client/join.ts';
import { byId } from '../dom.ts';
import type { StopCode } from './after-stop.ts';
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

/** A viewer's hand, and their way to the stage and back. Gives how to put an end to the looking. */
export function offerHand({ balcony, visitor: { meeting, name }, session, devices }: Seat): () => void {
  const button = byId('hand');
  const stepDown = byId('step-down');
  let looking: AbortController | undefined;

  const showSeat = (where: 'seat' | 'hand-up' | 'stage') => {
    button.hidden = where === 'stage';
    stepDown.hidden = where !== 'stage';
    byId('state').textContent = where === 'stage' ? 'On stage' : 'Viewer';
    button.ariaPressed = String(where === 'hand-up');
    button.textContent = where === 'hand-up' ? 'Lower hand' : 'Raise hand';
  };

  const lookOut = () => {
    looking?.abort();
    looking = new AbortController();
    const { signal } = looking;
    untilPromoted(() => balcony.promotion(meeting, signal), world, signal)
      .then(session.promote)
      .then(onStage)
      .catch((error) => {
        if (signal.aborted) return;
        showSeat('seat');
        tellRefusal(error);
      });
  };

  const onStage = async (result: StopCode) => {
    if (result !== 'OK') return lookOut();
    showSeat('stage');
    await devices.allow(true);
    tell('You are on stage. Your microphone is off until you switch it on.');
    byId('microphone').focus();
  };

  const backToSeat = async (news: string) => {
    await devices.allow(false);
    showSeat('seat');
    tell(news);
    button.focus();
  };

  /** A lost connection ends the promotion at Chime only: the same credential takes it up again. */
  const regain = () =>
    balcony
      .promotion(meeting)
      .then(session.promote)
      .then(onStage)
      .catch(() => backToSeat('The connection was lost, and you are back in your seat.'));

  button.onclick = () =>
    attempt(async () => {
      const way = button.ariaPressed === 'true' ? 'down' : 'up';
      await balcony.hand(meeting, way);
      showSeat(way === 'up' ? 'hand-up' : 'seat');
      tell(way === 'up' ? 'Your hand is up. A host can bring you on stage now.' : 'Your hand is down.');
      if (way === 'up') lookOut();
      else looking?.abort();
    });

  stepDown.onclick = () =>
    attempt(async () => {
      session.audioVideo.demoteFromPrimaryMeeting();
      await backToSeat('You are back in your seat.');
      await balcony.demote(meeting, name);
    });

  session.onDemoted((why) => {
    if (stepDown.hidden) return; // they stepped down themselves
    if (why === 'AudioVideoDisconnectedWhilePromoted') regain();
    else backToSeat('A host has brought you back to your seat.');
  });

  showSeat('seat');
  return () => looking?.abort();
}
