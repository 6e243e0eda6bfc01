import * as z from 'zod';
import { Declined, parsed } from '../declined.ts';
import type { ChimeState } from '../state/state.ts';
import {
  failTranscription,
  interruptTranscription,
  resumeTranscription,
} from '../state/transcription/lifecycle.ts';
import type { Transcription } from '../state/transcription/transcription.ts';

const Change = z.strictObject({
  meetingId: z.string(),
  event: z.enum(['interrupted', 'resumed', 'failed']),
  message: z.string().default('As the test asked'),
});

/** The states from which each event can come. */
const FROM: Record<z.infer<typeof Change>['event'], Transcription['state'][]> = {
  interrupted: ['on'],
  resumed: ['interrupted'],
  failed: ['starting', 'on', 'interrupted'],
};

/** Makes a transcription be interrupted, resume or fail now, as Transcribe would. */
export function changeTranscription(
  state: ChimeState,
  change: unknown,
): { transcription: Transcription['state'] } {
  const { meetingId, event, message } = parsed(Change, change);
  const meeting = state.meetings.get(meetingId);
  if (!meeting || meeting.endedAt !== null) throw new Declined(`There is no live meeting ${meetingId}`);
  const before = meeting.transcription.state;
  if (!FROM[event].includes(before)) throw new Declined(`The transcription is ${before}`);
  const at = state.clock.now();
  if (event === 'interrupted') interruptTranscription(state, meeting, { at, message });
  if (event === 'resumed') resumeTranscription(state, meeting, at);
  if (event === 'failed') failTranscription(state, meeting, { at, message });
  return { transcription: meeting.transcription.state };
}
