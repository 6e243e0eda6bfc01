import {
  ChimeSDKMeetingsClient,
  type ChimeSDKMeetingsClientConfig,
} from '@aws-sdk/client-chime-sdk-meetings';
import { StandardRetryStrategy } from '@smithy/core/retry';
import { guarded } from '../deadline.ts';
import { settings } from '../settings.ts';
import { failureOf, markMayBeDone } from './failure.ts';
import { permitForRetry } from './permit.ts';

/**
 * The SDK retries a LimitExceededException as if it were throttling. It is a hard quota: asking again costs
 * three calls and seconds, and changes nothing. And where an attempt got no answer, what a later one is refused
 * with does not undo it: that error is marked. A retry is a call like any other, so it takes a permit of its own; where
 * there is none, the last error stands.
 */
class RetryUnlessLimit extends StandardRetryStrategy {
  readonly #unanswered = new WeakSet<object>();

  override async refreshRetryTokenForRetry(
    ...[token, info]: Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>
  ) {
    const error = info.error as Error | undefined;
    const mayBeDone = this.#unanswered.has(token) || failureOf(error) === 'indeterminate';
    if (mayBeDone && error) markMayBeDone(error);
    if (error?.name === 'LimitExceededException') throw error;
    const next = await super.refreshRetryTokenForRetry(token, info);
    if (mayBeDone) this.#unanswered.add(next);
    if ((await permitForRetry()) === 'rate-limited') throw error;
    return next;
  }
}

interface Clients {
  /** For calls that may be repeated: reads, deletes, and CreateMeeting with its request token. */
  repeatable: ChimeSDKMeetingsClient;
  /** For calls that must not be: whether a second CreateAttendee of one name makes a second attendee is not documented. */
  once: ChimeSDKMeetingsClient;
}

let clients: Clients | undefined;

/** The two clients of this container, both on the control region's endpoint. */
export function chime(): Clients {
  const { controlRegion: region, attemptTimeoutMs } = settings();
  const requestHandler = {
    connectionTimeout: attemptTimeoutMs,
    requestTimeout: attemptTimeoutMs,
    throwOnRequestTimeout: true, // else the SDK only warns of an answer that is late, and waits on
  };
  clients ??= {
    repeatable: clientWith({
      region,
      requestHandler,
      retryStrategy: new RetryUnlessLimit(settings().chimeAttempts),
    }),
    once: clientWith({ region, requestHandler, maxAttempts: 1 }),
  };
  return clients;
}

function clientWith(config: ChimeSDKMeetingsClientConfig): ChimeSDKMeetingsClient {
  const client = new ChimeSDKMeetingsClient(config);
  guarded(client.config.requestHandler);
  return client;
}

/** Forget the clients, so that the next call builds them with the settings of now. For worlds that move. */
export function forgetChime(): void {
  clients?.repeatable.destroy();
  clients?.once.destroy();
  clients = undefined;
}
