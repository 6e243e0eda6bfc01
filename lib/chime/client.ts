import {
  ChimeSDKMeetingsClient,
  type ChimeSDKMeetingsClientConfig,
} from '@aws-sdk/client-chime-sdk-meetings';
import { StandardRetryStrategy } from '@smithy/core/retry';
import { inContainer } from '../container.ts';
import { guarded } from '../deadline.ts';
import { lighten } from '../sdk-client.ts';
import { settings } from '../settings.ts';
import { failureOf, markMayBeDone } from './failure.ts';
import { permitForRetry } from './permit.ts';

/**
 * The SDK's retry strategy, with three differences:
 * 1. LimitExceededException is not retried. The SDK treats it as throttling, but it is a hard quota, so retries cost
 *    calls and seconds in vain.
 * 2. If an attempt got no response, the error of a later attempt does not prove that nothing was done. That error is
 *    marked.
 * 3. A retry takes a permit of its own, like any call. Without one, the last error is thrown.
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
  /** For calls that may be retried: reads, deletes, and CreateMeeting with its request token. */
  repeatable: ChimeSDKMeetingsClient;
  /**
   * For calls that must not be retried: AWS does not document whether a second CreateAttendee of one name creates a
   * second attendee.
   */
  once: ChimeSDKMeetingsClient;
}

/** The two clients of this container, both on the control region's endpoint. */
export const chime = inContainer('clients', (): Clients => {
  const { controlRegion: region, attemptTimeoutMs } = settings();
  const requestHandler = {
    connectionTimeout: attemptTimeoutMs,
    requestTimeout: attemptTimeoutMs,
    throwOnRequestTimeout: true, // else the SDK only logs a warning about a late response and keeps waiting
  };
  return {
    repeatable: clientWith({
      region,
      requestHandler,
      retryStrategy: new RetryUnlessLimit(settings().chimeAttempts),
    }),
    once: clientWith({ region, requestHandler, maxAttempts: 1 }),
  };
});

function clientWith(config: ChimeSDKMeetingsClientConfig): ChimeSDKMeetingsClient {
  const client = lighten(new ChimeSDKMeetingsClient(config));
  guarded(client.config.requestHandler);
  return client;
}
