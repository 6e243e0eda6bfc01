import { namedCapabilities } from '../../domain/meeting/capabilities.ts';
import { stageReturnAt } from '../../domain/meeting/participant.ts';
import { isLive } from '../../domain/meeting/topology.ts';
import { Refusal } from '../../refusals.ts';
import { inThisEpoch } from '../../store/participant/participants.ts';
import { attendeeOnEntry } from '../seats/first-attendee.ts';
import type { Again } from '../shared/attempt.ts';
import { subjectOf } from '../shared/context.ts';
import { enterPrimary } from '../stage/enter.ts';
import type { SeatingContext } from './sitting.ts';

/**
 * Return a promoted viewer to the stage, who left a moment ago, as by a reload, and has resumed the seat. The
 * viewer gets the capabilities that they left with. `seated`: the viewer has no right to return, or there is no
 * place on stage. A retry `shortly`: another request is deleting or creating this viewer's attendee.
 */
export async function returnToStage(sitting: SeatingContext): Promise<'seated' | Again> {
  const { topology, participant, context } = sitting;
  const found = stageReturnAt(topology, participant, context.now());
  if (!found || !isLive(topology)) return 'seated';
  const subject = inThisEpoch(subjectOf({ topology, participant }, context));
  return unlessRefused(() => {
    const asked = namedCapabilities(found.capabilities, topology.options.meetingFeatures);
    const first = attendeeOnEntry(subject, { asked, participant: undefined });
    return enterPrimary(subject, { first, promoted: true, returning: found }, context);
  });
}

/** `seated`: the stage is full, or the options no longer allow the capabilities. The seat is not affected. */
async function unlessRefused(enter: () => Promise<Again>): Promise<Again | 'seated'> {
  try {
    return await enter();
  } catch (error) {
    if (error instanceof Refusal) return 'seated';
    throw error;
  }
}
