import * as z from 'zod';
import { jsonReply, type Reply, type Request } from '../messages.ts';
import type { ChimeState } from '../state/state.ts';
import { addFault, advanceClock, listCalls, listEvents, listQuotas, reset } from './controls.ts';
import { Declined } from './declined.ts';
import { addPipeline, killMeeting, listAttendees, listMeetings, removePipelines } from './meetings.ts';
import { readOptions, writeOptions } from './options.ts';
import { changePresence } from './presence.ts';

type Answer = (state: ChimeState, request: Request, parts: string[]) => unknown;

const PREFIX = '/_emulator/';

const ROUTES: { method: string; path: RegExp; answer: Answer }[] = [
  { method: 'GET', path: /^meetings$/, answer: listMeetings },
  { method: 'GET', path: /^meetings\/([^/]+)\/attendees$/, answer: listAttendees },
  { method: 'POST', path: /^meetings\/([^/]+)\/end$/, answer: killMeeting },
  { method: 'POST', path: /^meetings\/([^/]+)\/pipeline$/, answer: addPipeline },
  { method: 'DELETE', path: /^meetings\/([^/]+)\/pipeline$/, answer: removePipelines },
  { method: 'GET', path: /^calls$/, answer: listCalls },
  { method: 'GET', path: /^quotas$/, answer: listQuotas },
  { method: 'GET', path: /^events$/, answer: listEvents },
  { method: 'POST', path: /^clock$/, answer: advanceClock },
  { method: 'POST', path: /^faults$/, answer: addFault },
  { method: 'POST', path: /^presence$/, answer: changePresence },
  { method: 'POST', path: /^reset$/, answer: reset },
  { method: 'GET', path: /^options$/, answer: readOptions },
  { method: 'PUT', path: /^options$/, answer: writeOptions },
];

/** Whether a request is for the emulator itself and not for Chime. */
export const isOutOfBand = ({ path }: Request) => path.startsWith(PREFIX);

/** Handles a request to the emulator itself: JSON, or 400 with a message. Quotas and faults do not apply. */
export function handleOutOfBand(state: ChimeState, request: Request): Reply {
  const path = request.path.slice(PREFIX.length);
  const route = ROUTES.find(({ method, path: pattern }) => method === request.method && pattern.test(path));
  if (!route) return declined(`${request.method} ${request.path} is not known here`);
  try {
    const parts = route.path.exec(path)?.slice(1) ?? [];
    return jsonReply(200, route.answer(state, request, parts));
  } catch (error) {
    if (error instanceof z.ZodError) return declined(z.prettifyError(error));
    if (error instanceof Declined) return declined(error.message);
    throw error;
  }
}

const declined = (words: string) => jsonReply(400, { error: words });
