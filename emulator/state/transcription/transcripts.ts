import type { Attendee, Meeting } from '../meetings/meeting.ts';
import { guid } from '../random.ts';
import type { ChimeState } from '../state.ts';
import { tellClients } from './tell-clients.ts';
import type { TranscriptEvent, TranscriptItem } from './transcript-events.ts';
import type { Utterance } from './transcription.ts';

/** What Transcribe recognised of one attendee, by default in the language of the transcription. */
export interface Speech {
  text: string;
  isPartial: boolean;
  languageCode?: string | undefined;
}

/** Transcribe listens to two talkers at a time, each in a channel. */
const CHANNELS = ['ch_0', 'ch_1'];

/**
 * Sends recognised text to the clients, at once or late. Partial results of an attendee have one result id, until a settled
 * result closes it. Returns that id.
 * https://docs.aws.amazon.com/chime-sdk/latest/dg/process-msgs.html
 */
export function transcribe(state: ChimeState, meeting: Meeting, speaker: Attendee, speech: Speech): string {
  const now = state.clock.now();
  const utterance = meeting.utterances.get(speaker.attendeeId) ?? open(state, meeting, now);
  if (speech.isPartial) meeting.utterances.set(speaker.attendeeId, utterance);
  else meeting.utterances.delete(speaker.attendeeId);
  const event = eventOf(namedSpeaker(state, meeting, speaker), speech, { ...utterance, now });
  tellClients(state, meeting, event, state.options.transcriptDelayMs);
  return utterance.resultId;
}

function open({ hex }: ChimeState, { utterances }: Meeting, now: number): Utterance {
  const taken = new Set([...utterances.values()].map(({ channelId }) => channelId));
  const channelId = CHANNELS.find((channel) => !taken.has(channel)) ?? 'ch_1';
  return { resultId: guid(hex), channelId, startedAt: now };
}

/** The real service was reported to name the wrong attendee: https://github.com/aws/amazon-chime-sdk-js/issues/2232 */
function namedSpeaker({ options }: ChimeState, { attendees }: Meeting, speaker: Attendee): Attendee {
  if (options.transcriptSpeaker === 'right') return speaker;
  return [...attendees.values()].find((each) => each.connected && each !== speaker) ?? speaker;
}

function eventOf(
  { attendeeId, externalUserId }: Attendee,
  { text, isPartial, languageCode }: Speech,
  { resultId, channelId, startedAt, now }: Utterance & { now: number },
): TranscriptEvent {
  const words = wordsOf(text, languageCode);
  const at = (share: number) => Math.round(startedAt + (now - startedAt) * share);
  const items = words.map(({ content, type }, index): TranscriptItem => {
    const [startTime, endTime] = [at(index / words.length), at((index + 1) / words.length)];
    const speakerIs = { speakerAttendeeId: attendeeId, speakerExternalUserId: externalUserId };
    return { content, type, startTime, endTime, ...speakerIs, stable: !isPartial };
  });
  const alternatives = [{ items, transcript: text, entities: [] }];
  const language = languageCode ? { languageCode } : {};
  return {
    transcript: {
      results: [
        { alternatives, channelId, isPartial, resultId, startTime: startedAt, endTime: now, ...language },
      ],
    },
  };
}

/** Splits a text as Transcribe does: an item for each word, and one for each punctuation mark. */
function wordsOf(text: string, languageCode: string | undefined) {
  const segments = [...new Intl.Segmenter(languageCode, { granularity: 'word' }).segment(text)];
  return segments
    .filter(({ segment }) => segment.trim() !== '')
    .map(({ segment, isWordLike }) => ({
      content: segment,
      type: isWordLike ? ('PRONUNCIATION' as const) : ('PUNCTUATION' as const),
    }));
}
