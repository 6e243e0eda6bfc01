import { Declined } from '../declined.ts';
import { jsonReply, type Reply, type Request } from '../messages.ts';

/** The JSON of a body. */
export function jsonOf({ body }: Request): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Declined('The body is not JSON');
  }
}

/** Sends what a control returns as JSON; invalid input gets 400 with a message. */
export function answerOf(control: () => unknown): Reply {
  try {
    return jsonReply(200, control());
  } catch (error) {
    if (error instanceof Declined) return declined(error.message);
    throw error;
  }
}

export const declined = (words: string): Reply => jsonReply(400, { error: words });
