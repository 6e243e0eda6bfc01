import type { Answer, RequestContext } from '../../context.ts';
import { type MeetingFeatures, namedCapabilities } from '../../domain/meeting/capabilities.ts';
import { stageReturnAt } from '../../domain/meeting/participant.ts';
import { primaryMeetingId, type Topology } from '../../domain/meeting/topology.ts';
import { Refusal } from '../../refusals.ts';
import { inThisEpoch } from '../../store/participant/participants.ts';
import { attendeeOnEntry } from '../seats/first-attendee.ts';
import { type AttemptResult, waiting } from '../shared/attempt.ts';
import { enterPrimary } from '../stage/enter.ts';
import { type SeatingContext, subjectOf } from './sitting.ts';

/**
 * Put a promoted viewer on stage again who left a moment ago, as a reload does, and is back in the seat. The viewer gets what they
 * were allowed when they left. `seated`: there is no such return, or no place on the stage any more. `again`: look whether it is
 * done. An answer says when to ask again, where Chime is in the way.
 */
export async function returnToStage(sitting: SeatingContext): Promise<'seated' | 'again' | Answer> {
  const { topology, participant, context } = sitting;
  const found = stageReturnAt(topology, participant, context.now());
  if (!found || !primaryMeetingId(topology)) return 'seated';
  const subject = inThisEpoch(subjectOf(sitting));
  const next = await enterAgain(() => {
    const asked = namedCapabilities(found.capabilities, featuresOf(topology));
    const first = attendeeOnEntry(subject, { asked, participant: undefined });
    return enterPrimary(subject, { first, promoted: true }, context);
  });
  if (typeof next === 'string') return next === 'no-place' ? 'seated' : beforeNextLook(next, context);
  return waiting(context, 'opening', next.retryAfterMs);
}

/** `no-place`: the stage is full, or the meeting goes without what the viewer had on it. The seat is theirs all the same. */
async function enterAgain(enter: () => Promise<AttemptResult>): Promise<AttemptResult | 'no-place'> {
  try {
    return await enter();
  } catch (error) {
    if (error instanceof Refusal) return 'no-place';
    throw error;
  }
}

const BETWEEN_LOOKS_MS = 80;

/** Another request deletes or makes this viewer's attendee: there is something to see only after a moment. */
async function beforeNextLook(next: 'now' | 'shortly', context: RequestContext): Promise<'again'> {
  if (next === 'shortly') await context.pause(BETWEEN_LOOKS_MS * (1 + context.random()));
  return 'again';
}

const featuresOf = ({ options }: Topology) => options.meetingFeatures as MeetingFeatures | undefined;
