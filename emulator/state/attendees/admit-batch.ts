import type { Call } from '../../call/call.ts';
import { ChimeError } from '../../errors.ts';
import type { AttendeeItem } from '../../shapes/attendees.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { type AttendeeOnWire, attendeeOnWire, type CreateError } from '../wire.ts';
import { admit, sameUser } from './admit.ts';
import { grantedCapabilities } from './capabilities.ts';
import { attendeeLimitExceeded } from './capacity.ts';

export interface Admitted {
  Attendees: AttendeeOnWire[];
  Errors: CreateError[];
}

/** Creates the attendees of a batch in their order. The response lists the failed items, and the call succeeds. */
export function admitBatch(call: Call, meeting: Meeting, items: AttendeeItem[]): Admitted {
  refuseWhole(call, meeting, items);
  const admitted: Admitted = { Attendees: [], Errors: [] };
  for (const [index, item] of items.entries()) {
    const outcome = admitItem(call, meeting, { item, refusal: refusalOf(call, items, index) });
    if ('ErrorCode' in outcome) admitted.Errors.push(outcome);
    else admitted.Attendees.push(outcome);
  }
  return admitted;
}

/** Refuses the batch as a whole before anything is created: for bad capabilities, or by option for a lack of room. */
export function refuseWhole(call: Call, meeting: Meeting, items: AttendeeItem[]): void {
  const { options } = call.state;
  for (const item of items) grantedCapabilities(options, meeting, item.Capabilities);
  if (options.batchOverCapacity === 'partial' || options.capacityError === 'only-at-connect') return;
  if (meeting.attendeeCount + additional(call, meeting, items) > meeting.capacity) {
    throw attendeeLimitExceeded(options);
  }
}

function additional({ state }: Call, meeting: Meeting, items: AttendeeItem[]): number {
  if (state.options.externalUserIdRepeat === 'new') return items.length;
  const unknown = items.filter((item) => !sameUser(meeting, item));
  return new Set(unknown.map(({ ExternalUserId }) => ExternalUserId)).size;
}

function admitItem(
  call: Call,
  meeting: Meeting,
  { item, refusal }: { item: AttendeeItem; refusal: ChimeError | undefined },
): AttendeeOnWire | CreateError {
  try {
    if (refusal) throw refusal;
    return attendeeOnWire(admit(call, meeting, item));
  } catch (error) {
    if (!(error instanceof ChimeError)) throw error;
    return { ExternalUserId: item.ExternalUserId, ErrorCode: error.name, ErrorMessage: error.message };
  }
}

function refusalOf({ state, fault }: Call, items: AttendeeItem[], index: number): ChimeError | undefined {
  if (fault?.fault === 'fail-item' && fault.item === index + 1) {
    return new ChimeError('ServiceFailureException', 'The item failed');
  }
  if (state.options.duplicatesInBatch === 'like-repeats') return undefined;
  const isRepeated = items.findIndex((item) => item.ExternalUserId === items[index]?.ExternalUserId) < index;
  return isRepeated
    ? new ChimeError('BadRequestException', 'ExternalUserId is repeated in the batch')
    : undefined;
}
