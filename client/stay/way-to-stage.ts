import { type Deps, type Promotion, Refusal } from '../balcony.ts';
import type { StopCode } from './chime.ts';
import { type Prospect, type Search, untilPromoted } from './until-promoted.ts';

/** How a viewer's page reaches the stage, and what it is told. */
export interface Way {
  /** Asks the service for the promotion. */
  look: (signal: AbortSignal) => Promise<Promotion>;
  /** Connects the session to the stage. Resolves to the result code; the viewer is on stage only if it is `OK`. */
  promote: (promotion: Promotion) => Promise<StopCode>;
  deps: Deps;
  isHandUp: () => boolean;
  /** The viewer is on stage; `again` if the viewer was there before the connection was lost. */
  onStage: (promotion: Promotion, again: boolean) => unknown;
  /** A promoted viewer is back in the audience. */
  onAudience: (why: 'demoted' | 'connection-lost') => unknown;
  /** The service refuses to say whether there is a promotion. */
  onRefusal: (error: unknown) => void;
}

/** Brings a viewer's session to the stage whenever the service has a promotion, and follows a demotion. */
export function wayToStage({ look, promote, deps, isHandUp, onStage, onAudience, onRefusal }: Way) {
  let isOnStage = false;
  let isEntering = false;
  let isClosed = false;
  let looking: AbortController | undefined;

  const enter = async (promotion: Promotion) => {
    if (isEntering) return;
    isEntering = true;
    const result = await promote(promotion).finally(() => {
      isEntering = false;
    });
    if (isClosed) return;
    if (result !== 'OK') return search('expected', 'after-a-pause');
    looking?.abort();
    const again = isOnStage;
    isOnStage = true;
    await onStage(promotion, again);
  };

  const stepDown = () => {
    looking?.abort();
    isOnStage = false;
  };

  const backToSeat = async (why: 'demoted' | 'connection-lost') => {
    stepDown();
    await onAudience(why);
  };

  const search = (prospect: Prospect, first?: Search['first']): void => {
    looking?.abort();
    looking = new AbortController();
    const { signal } = looking;
    untilPromoted(() => look(signal), deps, { prospect, first, signal })
      .then(enter)
      .catch((error) => (signal.aborted ? undefined : endSearch(error)));
  };

  const endSearch = async (error: unknown) => {
    const isNotPromoted = error instanceof Refusal && error.code === 'NOT_PROMOTED';
    if (!isNotPromoted) onRefusal(error);
    if (isOnStage) await backToSeat(isNotPromoted ? 'demoted' : 'connection-lost');
    if (isNotPromoted && isHandUp()) search('hoped-for');
  };

  return {
    isOnStage: () => isOnStage,
    /** Looks for a promotion, and follows it. Replaces an earlier search. */
    search,
    stopSearch: () => looking?.abort(),
    /** The viewer leaves the stage by choice. */
    stepDown,
    /**
     * The session was demoted by another cause than this page. After a lost connection the promotion is still valid, and the same
     * credential works again.
     */
    demoted: (why: StopCode) => {
      if (!isOnStage) return;
      if (why === 'AudioVideoDisconnectedWhilePromoted') search('expected');
      else void backToSeat('demoted');
    },
    close: () => {
      isClosed = true;
      looking?.abort();
    },
  };
}
