import { createHub } from '../../../emulator/signaling/hub.ts';
import { captionsDemo } from '../../../emulator/signaling/messages/captions-demo.ts';
import type { Session } from '../../../emulator/signaling/session.ts';
import type { Meeting } from '../../../emulator/state/meetings/meeting.ts';
import { createState } from '../../../emulator/state/state.ts';
import { NO_TRANSCRIPTION } from '../../../emulator/state/transcription/transcription.ts';
import { openMeeting } from '../builders.ts';
import { joinAs } from './client.ts';
import { identity, linus, session } from './sessions.ts';
import { useSignaling } from './support.ts';

/** A demo in a meeting with some sessions, and what it says. */
function demoWith(...sessions: Session[]) {
  const state = createState({}, { now: () => 0 });
  const hub = createHub(
    state,
    () => Promise.reject(new Error('this test has no subscriptions')),
    () => {},
  );
  const { meeting } = identity('primary', 'nobody');
  const transcribed: Meeting = Object.assign(meeting, { utterances: new Map() });
  state.meetings.set(meeting.meetingId, transcribed);
  state.live.add(transcribed);
  for (const each of sessions) hub.sessions.add(each);
  const said: string[] = [];
  state.onTranscript((_, event) => {
    const [result] = 'transcript' in event ? event.transcript.results : [];
    const [alternative] = result?.alternatives ?? [];
    const name = alternative?.items[0]?.speakerExternalUserId;
    said.push(`${name}: ${alternative?.transcript}${result?.isPartial ? ' …' : ''}`);
  });
  const { step } = captionsDemo(hub);
  return {
    said,
    turn: (on: boolean) => {
      transcribed.transcription = { ...NO_TRANSCRIPTION, state: on ? 'on' : 'off' };
    },
    give: (speaker: Session) => hub.floors.set('primary', { speaker, levels: new Map() }),
    steps: (count: number) => {
      for (let step_ = 0; step_ < count; step_++) step();
    },
  };
}

const onStage = (name: string) => session(identity('primary', name));

describe('the captions demo of a server', () => {
  const world = useSignaling({ captionsDemo: true, transcriptionStartMs: 0 });

  it('speaks by itself once the meeting is transcribed', async () => {
    const meeting = await openMeeting(world.chime);
    const ada = await joinAs(meeting, await world.admit(meeting, 'ada'));
    const TranscriptionConfiguration = { EngineTranscribeSettings: { LanguageCode: 'en-US' as const } };
    await world.chime.startMeetingTranscription({ ...meeting, TranscriptionConfiguration });
    world.emulator.clock.pass(0);
    await ada.next('DATA_MESSAGE'); // it is on
    const { dataMessage } = await ada.next('DATA_MESSAGE');
    expect(`${Buffer.from(dataMessage?.messages[0]?.data ?? [])}`).toContain('Good evening, and');
  });
});

describe('the captions demo', () => {
  it('speaks a line in parts as the first person on stage, settles it, and goes on after a pause', () => {
    const demo = demoWith(linus(), onStage('ada'));
    demo.turn(true);
    demo.steps(8);
    expect(demo.said).toEqual([
      'ada: Good evening, and …',
      'ada: Good evening, and welcome to everyone …',
      'ada: Good evening, and welcome to everyone who has just …',
      'ada: Good evening, and welcome to everyone who has just joined.',
      'ada: These lines come …',
    ]);
  });

  it('speaks as the person who takes the floor, and settles what the other has begun', () => {
    const [ada, grace] = [onStage('ada'), onStage('grace')];
    const demo = demoWith(ada, grace);
    demo.turn(true);
    demo.give(grace);
    demo.steps(1);
    demo.give(ada);
    demo.steps(1);
    expect(demo.said).toEqual([
      'grace: Good evening, and …',
      'grace: Good evening, and',
      'ada: These lines come …',
    ]);
  });

  it('is silent while the meeting is not transcribed, or while the stage is empty', () => {
    const demo = demoWith(linus());
    demo.turn(true);
    demo.steps(1);
    const other = demoWith(onStage('ada'));
    other.turn(false);
    other.steps(1);
    expect([demo.said, other.said]).toEqual([[], []]);
  });
});
