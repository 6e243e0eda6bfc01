import { setTimeout } from 'node:timers/promises';
import type { Sample } from './phases.ts';

/** The local stack, and the limits of the requests. */
export interface Door {
  meeting: string;
  /** Runs a job once one of the concurrent slots is free. */
  turn: <Done>(job: () => Promise<Done>) => Promise<Done>;
  /** The instant at which all viewers stop, on the clock of `performance.now()`. */
  endsAt: number;
}

const NO_LONGER_THAN_MS = 30_000;

const leftMs = ({ endsAt }: Door) => Math.max(0, endsAt - performance.now());

export interface Reply extends Sample {
  // biome-ignore lint/suspicious/noExplicitAny: JSON of the shape that the contract gives to each route
  body: any;
  retryAfterMs: number;
}

/** Sends one request as a browser would. A missing response becomes status 0. */
export async function ask(door: Door, token: string, line: string, body?: object): Promise<Reply> {
  const [method = 'GET', path = ''] = line.split(' ');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const sent = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  return door.turn(async () => {
    const startedAt = performance.now();
    const signal = AbortSignal.timeout(Math.ceil(Math.min(leftMs(door), NO_LONGER_THAN_MS)));
    const reply = await fetch(door.meeting + path, { ...sent, signal }).then(replyOf, () => noReply);
    return { ...reply, ms: performance.now() - startedAt };
  });
}

const noReply = { status: 0, body: undefined, retryAfterMs: 1000 };

async function replyOf(response: Response): Promise<Omit<Reply, 'ms'>> {
  const text = await response.text();
  const body = text === '' ? undefined : JSON.parse(text);
  const seconds = Number(response.headers.get('retry-after') ?? 1);
  return { status: response.status, body, retryAfterMs: body?.retryAfterMs ?? seconds * 1000 };
}

/** Retries as the API says, until there is a seat or a final refusal. Returns every reply. */
export async function untilSeated(door: Door, token: string, body: object = {}): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (;;) {
    const reply = await ask(door, token, 'POST /join', body);
    replies.push(reply);
    if (leftMs(door) === 0 || !mayAskAgain(reply)) return replies;
    await setTimeout(Math.min(reply.retryAfterMs, leftMs(door)));
  }
}

const mayAskAgain = ({ status }: Reply) => status === 202 || status === 429 || status === 0 || status >= 500;
