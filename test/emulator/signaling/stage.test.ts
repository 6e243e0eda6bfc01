import { isPerforming, type Session } from '../../../emulator/signaling/session.ts';
import { indexFor, rosterChanges, rosterOf } from '../../../emulator/signaling/stage.ts';
import { ada, identity, linus, promoted, session, video } from './sessions.ts';

const names = (sessions: Session[]) =>
  rosterOf(sessions.filter(isPerforming)).map((each) => each.externalUserId);
const streams = (viewer: Session, on: Session[]) =>
  indexFor(viewer, on).sources.map(({ streamId }) => streamId);

describe('the people on stage', () => {
  it('are the attendees who joined the primary or were promoted to it, under their names there', () => {
    expect(names([ada(), linus(), promoted('grace')])).toEqual(['ada', 'grace-on-stage']);
  });

  it('are muted if they may not send audio, whatever their client reports', () => {
    const silenced = session(identity('primary', 'ada', { Audio: 'Receive' }));
    expect(rosterOf([silenced, ada()]).map(({ muted }) => muted)).toEqual([true, false]);
  });

  it('do not include a client that has not subscribed yet', () => {
    expect(names([{ ...ada(), phase: 'joined' }])).toEqual([]);
  });
});

describe('the changes of the stage that a client receives', () => {
  const shown = (audioStreamId: number, muted = false) => ({
    audioStreamId,
    attendeeId: `id-${audioStreamId}`,
    externalUserId: `name-${audioStreamId}`,
    muted,
  });
  const isDropped = (id: number) => id === 9;

  it('name the people who came', () => {
    expect(rosterChanges([shown(1)], [shown(1), shown(2)], isDropped)).toEqual([shown(2)]);
  });

  it('give people who muted themselves by their number alone', () => {
    expect(rosterChanges([shown(1)], [shown(1, true)], isDropped)).toEqual([
      { audioStreamId: 1, muted: true },
    ]);
  });

  it('name the people who left, and say whether their network was lost', () => {
    expect(rosterChanges([shown(1), shown(9)], [], isDropped)).toEqual([
      { audioStreamId: 1 },
      { audioStreamId: 9, dropped: true },
    ]);
  });

  it('are empty when nothing changed', () => {
    expect(rosterChanges([shown(1)], [shown(1)], isDropped)).toEqual([]);
  });
});

describe('the videos of a stage', () => {
  it('are those of others, never the own one', () => {
    const [one, other] = [ada(), session(identity('primary', 'grace'), { video: video(102, 'grace') })];
    expect(streams(one, [one, other])).toEqual([102]);
    expect(streams(linus(), [one, other])).toEqual([101, 102]);
  });

  it('are withheld from an attendee who may not receive them', () => {
    const blind = session(identity('replica', 'linus', { Video: 'None', Content: 'None' }));
    expect(streams(blind, [ada()])).toEqual([]);
  });

  it('of a screen are withheld from an attendee who may receive only cameras', () => {
    const screen = ada();
    screen.root.isContent = true;
    const viewer = session(identity('replica', 'linus', { Content: 'None' }));
    expect([streams(viewer, [screen]), streams(viewer, [ada()])]).toEqual([[], [101]]);
  });

  it('may be sent by people on stage, as their capabilities allow, and by no viewer', () => {
    const mayNot = session(identity('primary', 'ada', { Video: 'Receive' }));
    const full = [ada(), promoted('grace'), linus(), mayNot].map((each) => indexFor(each, []).atCapacity);
    expect(full).toEqual([false, false, true, true]);
  });

  it('come with the number of people on stage', () => {
    expect(indexFor(linus(), [ada(), ada()]).numParticipants).toBe(2);
  });
});
