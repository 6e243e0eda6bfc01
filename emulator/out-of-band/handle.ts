import * as z from 'zod';
import { Milliseconds, pass } from '../controls/clock.ts';
import { addFault } from '../controls/faults.ts';
import {
  addPipeline,
  killMeeting,
  listAttendees,
  listMeetings,
  removePipelines,
} from '../controls/meetings.ts';
import { changeOptions } from '../controls/options.ts';
import { changePresence } from '../controls/presence.ts';
import { changeTranscription } from '../controls/transcription.ts';
import { sendTranscript } from '../controls/transcripts.ts';
import { parsed } from '../declined.ts';
import type { Reply, Request } from '../messages.ts';
import { callsLeft } from '../state/buckets.ts';
import type { ChimeState } from '../state/state.ts';
import { answerOf, declined, jsonOf } from './json.ts';

/** `part` is the label in the path. */
type Answer = (state: ChimeState, request: Request, part: string) => unknown;

const PREFIX = '/_emulator/';

const Advance = z.strictObject({ advanceMs: Milliseconds });
const Since = z.strictObject({ since: z.coerce.number().int().min(0).default(0) });

const ROUTES: { method: string; path: RegExp; answer: Answer }[] = [
  { method: 'GET', path: /^meetings$/, answer: listMeetings },
  {
    method: 'GET',
    path: /^meetings\/([^/]+)\/attendees$/,
    answer: (state, _, id) => listAttendees(state, id),
  },
  { method: 'POST', path: /^meetings\/([^/]+)\/end$/, answer: (state, _, id) => killMeeting(state, id) },
  { method: 'POST', path: /^meetings\/([^/]+)\/pipeline$/, answer: (state, _, id) => addPipeline(state, id) },
  {
    method: 'DELETE',
    path: /^meetings\/([^/]+)\/pipeline$/,
    answer: (state, _, id) => removePipelines(state, id),
  },
  { method: 'GET', path: /^calls$/, answer: (state) => state.calls },
  { method: 'GET', path: /^quotas$/, answer: callsLeft },
  {
    method: 'GET',
    path: /^events$/,
    answer: (state, { query }) => state.events.since(parsed(Since, query).since),
  },
  {
    method: 'POST',
    path: /^clock$/,
    answer: (state, request) => ({ now: pass(state, parsed(Advance, jsonOf(request)).advanceMs) }),
  },
  { method: 'POST', path: /^faults$/, answer: (state, request) => addFault(state, jsonOf(request)) },
  { method: 'POST', path: /^presence$/, answer: (state, request) => changePresence(state, jsonOf(request)) },
  {
    method: 'POST',
    path: /^transcription$/,
    answer: (state, request) => changeTranscription(state, jsonOf(request)),
  },
  {
    method: 'POST',
    path: /^transcripts$/,
    answer: (state, request) => sendTranscript(state, jsonOf(request)),
  },
  { method: 'POST', path: /^reset$/, answer: reset },
  { method: 'GET', path: /^options$/, answer: (state) => state.options },
  { method: 'PUT', path: /^options$/, answer: (state, request) => changeOptions(state, jsonOf(request)) },
];

/** Whether a request is for the emulator itself and not for Chime. */
export const isOutOfBand = ({ path }: Request) => path.startsWith(PREFIX);

/** Handles a request to the emulator itself: JSON, or 400 with a message. Quotas and faults do not apply. */
export function handleOutOfBand(state: ChimeState, request: Request): Reply {
  const path = request.path.slice(PREFIX.length);
  const route = ROUTES.find(({ method, path: pattern }) => method === request.method && pattern.test(path));
  if (!route) return declined(`${request.method} ${request.path} is not known here`);
  const [, part = ''] = route.path.exec(path) ?? [];
  return answerOf(() => route.answer(state, request, part));
}

function reset(state: ChimeState) {
  state.reset();
  return { now: state.clock.now() };
}
