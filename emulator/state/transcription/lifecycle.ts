import type { TranscriptionConfiguration } from '../../shapes/transcription.ts';
import { emit } from '../events.ts';
import type { Meeting } from '../meetings/meeting.ts';
import type { ChimeState } from '../state.ts';
import { refusalOfTranscribe } from './refusal.ts';
import { hasTranscribe, transcriptionRegion } from './region.ts';
import { tellClients } from './tell-clients.ts';
import type { TranscriptionStatus } from './transcript-events.ts';
import { NO_TRANSCRIPTION } from './transcription.ts';

/*
 * A transcription is off, starting, on, interrupted or failed. Chime answers a start at once, and reports by an event what became of
 * it. A start of a running transcription changes its configuration, and the event for it is `TranscriptionStarted` again.
 * https://docs.aws.amazon.com/chime-sdk/latest/dg/initiate-transcription.html and …/transcription-events.html
 */

const ROLE = 'AWSServiceRoleForAmazonChimeTranscription';

/** Starts the transcription of a meeting, or changes the configuration of a running one. */
export function startTranscription(
  { options }: ChimeState,
  meeting: Meeting,
  { configuration, at }: { configuration: TranscriptionConfiguration; at: number },
): void {
  const { state, streamingSince } = meeting.transcription;
  const isRunning = state === 'on' || state === 'interrupted';
  meeting.transcription = {
    state: isRunning ? state : 'starting',
    configuration,
    dueAt: at + options.transcriptionStartMs,
    streamingSince,
  };
}

/** Stops the transcription of a meeting. No effect on one that is off. */
export function stopTranscription(state: ChimeState, meeting: Meeting, at: number): void {
  const before = meeting.transcription;
  if (before.state === 'off') return;
  meeting.transcription = NO_TRANSCRIPTION;
  meeting.utterances.clear();
  if (before.state !== 'failed') report(state, meeting, { change: 'Stopped', at }, before.configuration);
}

/** What happens next to the transcription of a meeting, and when; undefined if nothing is due by itself. */
export function nextOfTranscription(
  state: ChimeState,
  meeting: Meeting,
): { at: number; apply: (at: number) => void } | undefined {
  const { dueAt, streamingSince } = meeting.transcription;
  if (dueAt !== null) return { at: dueAt, apply: (at) => answer(state, meeting, at) };
  const { transcriptionLimit, transcriptionLimitMs } = state.options;
  if (streamingSince === null || transcriptionLimit === 'none') return undefined;
  return { at: streamingSince + transcriptionLimitMs, apply: (at) => endStream(state, meeting, at) };
}

/** Transcribe answers the last start. */
function answer(state: ChimeState, meeting: Meeting, at: number): void {
  const message = refusalOf(state, meeting);
  if (message === undefined) reportStart(state, meeting, at);
  else failTranscription(state, meeting, { at, message });
}

function reportStart(state: ChimeState, meeting: Meeting, at: number): void {
  const { transcription } = meeting;
  const streamingSince = transcription.streamingSince ?? at;
  meeting.transcription = { ...transcription, state: 'on', dueAt: null, streamingSince };
  report(state, meeting, { change: 'Started', at });
}

function refusalOf({ options }: ChimeState, { mediaRegion, transcription }: Meeting): string | undefined {
  const { configuration } = transcription;
  if (!configuration) return undefined;
  const region = transcriptionRegion(configuration, mediaRegion);
  if (!options.transcriptionRole) return `AccessDenied: sts:AssumeRole of ${ROLE}`;
  if (!hasTranscribe(region)) return `Amazon Transcribe is not available in ${region}`;
  return (
    configuration.EngineTranscribeSettings && refusalOfTranscribe(configuration.EngineTranscribeSettings)
  );
}

/** Fails a transcription: no stream is left, and a new start is needed. */
export function failTranscription(
  state: ChimeState,
  meeting: Meeting,
  { at, message }: { at: number; message: string },
): void {
  meeting.transcription = {
    ...meeting.transcription,
    ...{ state: 'failed', dueAt: null, streamingSince: null },
  };
  meeting.utterances.clear();
  report(state, meeting, { change: 'Failed', at, message });
}

/** Interrupts a running transcription, until it is resumed. */
export function interruptTranscription(
  state: ChimeState,
  meeting: Meeting,
  { at, message }: { at: number; message: string },
): void {
  meeting.transcription = { ...meeting.transcription, state: 'interrupted' };
  meeting.utterances.clear();
  report(state, meeting, { change: 'Interrupted', at, message });
}

/** Resumes an interrupted transcription with a new stream. */
export function resumeTranscription(state: ChimeState, meeting: Meeting, at: number): void {
  meeting.transcription = { ...meeting.transcription, state: 'on', streamingSince: at };
  report(state, meeting, { change: 'Resumed', at });
}

/** A stream of Transcribe has reached its greatest length. What Chime does then is not documented. */
function endStream(state: ChimeState, meeting: Meeting, at: number): void {
  const message = 'The stream reached its longest duration';
  if (state.options.transcriptionLimit === 'fail') {
    failTranscription(state, meeting, { at, message });
  } else {
    interruptTranscription(state, meeting, { at, message });
    resumeTranscription(state, meeting, at);
  }
}

interface Change {
  change: 'Started' | 'Interrupted' | 'Resumed' | 'Stopped' | 'Failed';
  at: number;
  message?: string;
}

/** Reports a change by an event, and tells the clients. */
function report(
  state: ChimeState,
  meeting: Meeting,
  { change, at, message }: Change,
  configuration = meeting.transcription.configuration,
): void {
  const more = {
    transcriptionRegion: transcriptionRegion(configuration ?? {}, meeting.mediaRegion),
    transcriptionConfiguration: JSON.stringify(configuration),
    ...(message !== undefined && { message }),
  };
  emit(state, meeting, { eventType: `Transcription${change}`, at, more });
  const type = change.toUpperCase() as TranscriptionStatus['type'];
  tellClients(state, meeting, { status: { type, eventTime: at, ...more } });
}

/** The state of a running transcription, for a client that enters; undefined if none runs. */
export function runningStatus({ clock }: ChimeState, meeting: Meeting): TranscriptionStatus | undefined {
  const { state, configuration } = meeting.transcription;
  if (state !== 'on' && state !== 'interrupted') return undefined;
  return {
    type: state === 'on' ? 'STARTED' : 'INTERRUPTED',
    eventTime: clock.now(),
    transcriptionRegion: transcriptionRegion(configuration ?? {}, meeting.mediaRegion),
    transcriptionConfiguration: JSON.stringify(configuration),
  };
}
