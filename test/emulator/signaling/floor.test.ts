import { listenerOf } from '../../../emulator/signaling/floor.ts';
import type { Frame } from '../../../emulator/signaling/frame.ts';
import { createHub } from '../../../emulator/signaling/hub.ts';
import { receive } from '../../../emulator/signaling/receive.ts';
import type { Session } from '../../../emulator/signaling/session.ts';
import { createState } from '../../../emulator/state/state.ts';
import { ada, identity, linus, promoted, session, video } from './sessions.ts';

/** Some sessions of one stage, and what reaches each of them, in words. */
function stageWith(...sessions: Session[]) {
  const hub = createHub(
    createState(),
    () => Promise.reject(new Error('this test has no subscriptions')),
    () => {},
  );
  const reached = new Map(sessions.map((each) => [each, [] as string[]]));
  for (const each of sessions) {
    const note = (words: string) => void reached.get(each)?.push(words);
    hub.sessions.add(each);
    each.peer = {
      answer: () => ({ sdp: '', tracks: [] }),
      switchStream: (mid, streamId) => note(`${mid} carries ${streamId}`),
      play: (payload) => note(`hears ${payload}`),
      show: (streamId) => note(`sees ${streamId}`),
      refreshPicture: () => note('is asked for a picture'),
      close: () => {},
    };
  }
  return {
    say: (who: Session, words: string, quietness = 20) =>
      listenerOf(hub, who).heard({ payload: Buffer.from(words), quietness }),
    show: (who: Session) =>
      listenerOf(hub, who).saw({ payload: Buffer.alloc(1), sequenceNumber: 1, timestamp: 1, marker: true }),
    lose: (who: Session, streamId: number) => listenerOf(hub, who).lost(streamId),
    receive: (who: Session, frame: Frame) => receive(hub, who, frame),
    reached: (who: Session) => reached.get(who),
  };
}

describe('audio', () => {
  it('from the stage reaches all others, on stage and in the replicas', () => {
    const [one, other, viewer] = [ada(), promoted('grace'), linus()];
    const stage = stageWith(one, other, viewer);
    stage.say(one, 'hello');
    expect([one, other, viewer].map(stage.reached)).toEqual([[], ['hears hello'], ['hears hello']]);
    stage.say(other, 'louder', 1);
    expect(stage.reached(one)).toEqual(['hears louder']);
  });

  it('from a viewer reaches no other client', () => {
    const [one, viewer] = [ada(), linus()];
    const stage = stageWith(one, viewer);
    stage.say(viewer, 'heckle', 0);
    expect(stage.reached(one)).toEqual([]);
  });

  it('of a quieter speaker is not forwarded', () => {
    const [one, other, viewer] = [ada(), promoted('grace'), linus()];
    const stage = stageWith(one, other, viewer);
    stage.say(one, 'aloud', 20);
    stage.say(other, 'whispered', 40);
    expect(stage.reached(viewer)).toEqual(['hears aloud']);
  });

  it('of a muted attendee, or of one without the capability to send it, is not forwarded', () => {
    const muted = session(identity('primary', 'ada'), { muted: true });
    const silenced = session(identity('primary', 'grace', { Audio: 'Receive' }));
    const viewer = linus();
    const stage = stageWith(muted, silenced, viewer);
    stage.say(muted, 'to oneself');
    stage.say(silenced, 'in vain');
    expect(stage.reached(viewer)).toEqual([]);
  });

  it('does not reach an attendee without the capability to receive it', () => {
    const [one, deaf] = [ada(), session(identity('replica', 'linus', { Audio: 'None' }))];
    const stage = stageWith(one, deaf);
    stage.say(one, 'hello');
    expect(stage.reached(deaf)).toEqual([]);
  });
});

describe('video', () => {
  const pause = (type: 'PAUSE' | 'RESUME'): Frame => ({ type, pause: { streamIds: [101] } });

  it('from the stage reaches all others, except while they pause it', () => {
    const [one, viewer] = [ada(), linus()];
    const stage = stageWith(one, viewer);
    stage.show(one);
    stage.receive(viewer, pause('PAUSE'));
    stage.show(one);
    stage.receive(viewer, pause('RESUME'));
    stage.show(one);
    expect(stage.reached(viewer)).toEqual(['sees 101', 'sees 101']);
    expect(stage.reached(one)).toEqual(['is asked for a picture']);
  });

  it('does not reach an attendee whose capability to receive it was taken away after subscribing', () => {
    const [one, blind] = [ada(), session(identity('replica', 'linus', { Video: 'None', Content: 'None' }))];
    const stage = stageWith(one, blind);
    stage.show(one);
    expect(stage.reached(blind)).toEqual([]);
  });

  it('of a camera that was not announced reaches no other client', () => {
    const [one, viewer] = [promoted('grace'), linus()];
    const stage = stageWith(one, viewer);
    stage.show(one);
    expect(stage.reached(viewer)).toEqual([]);
  });

  it('is requested anew from its sender when a receiver lost packets', () => {
    const [one, other, viewer] = [
      ada(),
      session(identity('primary', 'grace'), { video: video(102, 'grace') }),
      linus(),
    ];
    const stage = stageWith(one, other, viewer);
    stage.lose(viewer, 102);
    expect([one, other].map(stage.reached)).toEqual([[], ['is asked for a picture']]);
  });

  it('moves to another section without an offer, when the client asks for that', () => {
    const [one, viewer] = [ada(), linus()];
    const stage = stageWith(one, viewer);
    stage.receive(viewer, {
      type: 'REMOTE_VIDEO_UPDATE',
      remoteVideoUpdate: {
        addedOrUpdatedVideoSubscriptions: [{ mid: '2', streamId: 101 }, { mid: '3' }],
        removedVideoSubscriptionMids: ['4'],
      },
    });
    expect(stage.reached(viewer)).toEqual(['4 carries 0', '2 carries 101']);
    expect(stage.reached(one)).toEqual(['is asked for a picture']);
  });
});
