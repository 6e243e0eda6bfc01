import { handle } from '../../emulator/handle.ts';
import { settle } from '../../emulator/state/meetings/lifecycle.ts';
import type { ChimeState } from '../../emulator/state/state.ts';
import { plugIn } from '../../simulation/aws/clients.ts';
import { createDynamo } from '../../simulation/aws/dynamodb.ts';
import type { ServiceName, WireReply, WireRequest } from '../../simulation/aws/wire.ts';
import { clock } from './skipping-clock.ts';

/** A response, or one that comes late, or is lost. */
type Response = WireReply & { delayMs?: number; drop?: true };

let isLost: (service: ServiceName, request: WireRequest) => boolean = () => false;

/** Loses the responses to these requests from now on: the request is done, and its sender is not told. */
export function loseResponses(lost: typeof isLost): void {
  isLost = lost;
}

const turnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Connect the SDK clients of the code under test to DynamoDB and Chime in this process. The clients serialize, parse and retry as
 * they do over a socket. Only the signature and the socket are left out, so that a request takes a third of the time.
 * `WIRE=sockets` runs the same tests over sockets.
 */
export async function connectInProcess(state: ChimeState): Promise<void> {
  state.options.authorization = 'ignore';
  const dynamo = createDynamo();
  const answer = (service: ServiceName, request: WireRequest): Response => {
    const reply: Response = service === 'dynamodb' ? dynamo.answer(request) : handle(state, request);
    return isLost(service, request) ? { ...reply, drop: true } : reply;
  };
  await plugIn((service, request) => clock.during(() => exchanged(() => answer(service, request))), 'whole');
  clock.skipWaits((ms) => {
    state.clock.advance(ms);
    settle(state);
  });
}

/** One exchange: the request arrives in a later turn of the event loop, and so does the response. */
async function exchanged(answer: () => Response): Promise<Response> {
  await turnOfTheLoop();
  const reply = answer();
  if (reply.delayMs) await new Promise((resolve) => setTimeout(resolve, reply.delayMs));
  else await turnOfTheLoop();
  if (reply.drop) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  return reply;
}
