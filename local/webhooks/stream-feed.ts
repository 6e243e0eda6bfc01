import type { StreamRecord } from '../../lib/domain/webhooks/image.ts';

export interface StreamFeed {
  push: (record: StreamRecord) => void;
  close: () => void;
}

interface FeedOptions {
  /** The function behind the stream. If it throws, it gets the same batch again. */
  invoke: (batch: { Records: StreamRecord[] }) => Promise<unknown>;
  /** How long a batch may fill, and how long a failed one waits (milliseconds). */
  windowMs?: number;
  retryAfterMs?: number;
}

const BATCH_SIZE = 1000;

/** Invokes a function as Lambda does behind a stream: in order, a batch at a time, the same batch until it succeeds; no deletions. */
export function startStreamFeed({ invoke, windowMs = 1000, retryAfterMs = 1000 }: FeedOptions): StreamFeed {
  const waiting: StreamRecord[] = [];
  let batch: StreamRecord[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const schedule = (ms: number) => {
    if (!isClosed) timer ??= setTimeout(work, ms);
  };
  async function work() {
    if (batch.length === 0) batch = waiting.splice(0, BATCH_SIZE);
    const isDone = await invoke({ Records: batch }).then(
      () => true,
      () => false,
    );
    timer = undefined;
    if (isDone) batch = [];
    if (!isDone) schedule(retryAfterMs);
    else if (waiting.length > 0) schedule(waiting.length >= BATCH_SIZE ? 0 : windowMs);
  }
  return {
    push: (record) => {
      if (record.eventName === 'REMOVE') return;
      waiting.push(record);
      schedule(windowMs);
    },
    close: () => {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
