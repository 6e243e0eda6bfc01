import type { Call } from '../../call/call.ts';
import { ChimeError } from '../../errors.ts';
import { isVisible } from './find.ts';
import type { Meeting } from './meeting.ts';

/** The live meeting of an ARN; throws ResourceNotFoundException if there is none. */
export function taggedMeeting(call: Call, arn: string): Meeting {
  const found = [...call.state.live].find((meeting) => meeting.arn === arn && isVisible(call, meeting));
  if (found) return found;
  throw new ChimeError('ResourceNotFoundException', 'The resource was not found', {
    members: { ResourceName: arn },
  });
}
