import type { Answer, RequestContext } from '../../context.ts';
import { type MeetingFeatures, namedCapabilities } from '../../domain/meeting/capabilities.ts';
import { stageReturnAt } from '../../domain/meeting/participant.ts';
import { primaryMeetingId, type Topology } from '../../domain/meeting/topology.ts';
import { Refusal } from '../../refusals.ts';
import { inThisEpoch } from '../../store/participant/participants.ts';
import { attendeeOnEntry } from '../seats/first-attendee.ts';
import { type AttemptResult, waiting } from '../shared/attempt.ts';
import { subjectOf } from '../shared/context.ts';
import { enterPrimary } from '../stage/enter.ts';
import type { SeatingContext } from './sitting.ts';

/**
 * Return a promoted viewer to the stage who left a moment ago, as a reload does, and resumed the seat. The viewer
 * gets the capabilities they left with. `seated`: there is nothing to return to, or no place on stage. `again`:
 * re-read. An answer: Chime failed or is busy, and the client retries.
 */
export async function returnToStage(sitting: SeatingContext): Promise<'seated' | 'again' | Answer> {
  const { topology, participant, context } = sitting;
  const found = stageReturnAt(topology, participant, context.now());
  if (!found || !primaryMeetingId(topology)) return 'seated';
  const subject = inThisEpoch(subjectOf(sitting, context));
  const next = await enterAgain(() => {
    const asked = namedCapabilities(found.capabilities, featuresOf(topology));
    const first = attendeeOnEntry(subject, { asked, participant: undefined });
    return enterPrimary(subject, { first, promoted: true }, context);
  });
  if (typeof next === 'string') return next === 'no-place' ? 'seated' : beforeNextLook(next, context);
  return waiting(context, 'opening', next.retryAfterMs);
}

/** `no-place`: the stage is full, or the options no longer allow the capabilities. The seat is not affected. */
async function enterAgain(enter: () => Promise<AttemptResult>): Promise<AttemptResult | 'no-place'> {
  try {
    return await enter();
  } catch (error) {
    if (error instanceof Refusal) return 'no-place';
    throw error;
  }
}

const BETWEEN_LOOKS_MS = 80;

/** Pause before the next read while another request deletes or creates this viewer's attendee. */
async function beforeNextLook(next: 'now' | 'shortly', context: RequestContext): Promise<'again'> {
  if (next === 'shortly') await context.pause(BETWEEN_LOOKS_MS * (1 + context.random()));
  return 'again';
}

const featuresOf = ({ options }: Topology) => options.meetingFeatures as MeetingFeatures | undefined;
