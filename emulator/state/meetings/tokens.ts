import type { Call } from '../../call/call.ts';
import { ChimeError } from '../../errors.ts';
import type { Created, TokenRecord } from '../records.ts';
import { scopeKey } from '../scope.ts';
import type { ChimeState } from '../state.ts';

/**
 * Creates once per ClientRequestToken. A repeated request gets the response of the first one, whatever its body. While
 * the first one is in progress, a repeated request gets ConflictException. If the creation fails, its token is as
 * unused.
 */
export function once(call: Call, input: { ClientRequestToken: string }, create: () => Created): Created {
  const key = tokenKey(call, input.ClientRequestToken);
  const fingerprint = JSON.stringify(input);
  const known = call.state.tokens.get(key);
  if (known && !isSpent(call.state, known)) return repeat(call, known, fingerprint);
  const created = create();
  call.state.tokens.set(key, { created, fingerprint, inFlightUntil: call.answersAt });
  return created;
}

function repeat(call: Call, known: TokenRecord, fingerprint: string): Created {
  if (call.now < known.inFlightUntil) {
    throw new ChimeError('ConflictException', 'The same request is being processed');
  }
  if (call.state.options.tokenMismatch === 'error' && known.fingerprint !== fingerprint) {
    throw new ChimeError(
      call.state.options.semanticError,
      'ClientRequestToken was used with another request',
    );
  }
  return known.created;
}

function isSpent(state: ChimeState, known: TokenRecord): boolean {
  const ended = state.meetings.get(known.created.Meeting.MeetingId)?.endedAt !== null;
  return ended && state.options.tokenAfterEnd === 'new-meeting';
}

function tokenKey(call: Call, token: string): string {
  const operation = call.state.options.tokenScope === 'shared' ? '*' : call.operation;
  return `${scopeKey(call.scope)}/${operation}/${token}`;
}
