import type { Attendee, Meeting } from '../../state/meetings/meeting.ts';
import { transcribe } from '../../state/transcription/transcripts.ts';
import { audience, type Hub } from '../hub.ts';
import { isPerforming, onStageAs, type Session, stageOf } from '../session.ts';

const LANGUAGE = 'en-US';
const WORDS_PER_STEP = 3;
/** Steps of silence between two lines. */
const PAUSE_STEPS = 3;

const LINES = [
  'Good evening, and welcome to everyone who has just joined.',
  'These lines come from the captions demo, so no microphone is needed.',
  'Each line grows while it is spoken, and settles at its end.',
  'Raise your hand, and a host can bring you on stage.',
  'Then the next lines carry your name.',
].map((line) => line.split(' '));

interface Progress {
  speaker: Attendee;
  line: number;
  words: number;
  pause: number;
}

/**
 * A speaker without a voice: each step says some more words of a few lines, in every meeting that is transcribed, as whoever
 * holds the floor there. A line settles at its end, or when another person takes the floor.
 */
export function captionsDemo(hub: Hub): { step(): void } {
  const progress = new WeakMap<Meeting, Progress>();

  const stepIn = (meeting: Meeting) => {
    const speaker = speakerIn(hub, meeting);
    const before = progress.get(meeting);
    if (!speaker || before?.pause) return void (before && rest(before));
    if (before && before.speaker !== speaker && before.words > 0) say(meeting, before, true);
    const now = before ?? { speaker, line: 0, words: 0, pause: 0 };
    now.speaker = speaker;
    now.words += WORDS_PER_STEP;
    progress.set(meeting, now);
    say(meeting, now, now.words >= lineOf(now).length);
  };

  const rest = (now: Progress) => {
    now.pause = Math.max(0, now.pause - 1);
  };

  const say = (meeting: Meeting, now: Progress, isSettled: boolean) => {
    const text = lineOf(now).slice(0, now.words).join(' ');
    transcribe(hub.state, meeting, now.speaker, { text, isPartial: !isSettled, languageCode: LANGUAGE });
    if (isSettled) Object.assign(now, { line: now.line + 1, words: 0, pause: PAUSE_STEPS });
  };

  const isTranscribed = ({ transcription }: Meeting) => transcription.state === 'on';
  return { step: () => [...hub.state.live].filter(isTranscribed).forEach(stepIn) };
}

const lineOf = ({ line }: Progress) => LINES[line % LINES.length] as string[];

/** The holder of the floor, or else the first person on stage. */
function speakerIn(hub: Hub, meeting: Meeting): Attendee | undefined {
  const onStage = audience(hub, meeting).filter((each) => isPerforming(each) && !onStageAs(each)?.isContent);
  const holder: Session | undefined = hub.floors.get(stageOf(meeting))?.speaker;
  const speaks = holder && onStage.includes(holder) ? holder : onStage[0];
  return speaks && onStageAs(speaks)?.attendee;
}
