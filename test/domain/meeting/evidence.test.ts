import { CLOCK_SKEW_MS } from '../../../lib/domain/meeting/clocks.ts';
import {
  hasLeftStage,
  isNoteDue,
  lastEvidenceOf,
  NOTE_EVERY_MS,
} from '../../../lib/domain/meeting/evidence.ts';
import type { Participant } from '../../../lib/domain/meeting/participant.ts';

const NOW = 1_800_000_000_000;
const ann = (more: object): Participant => ({ externalUserId: 'ann', role: 'viewer', epoch: 1, ...more });
const of = (state: string, at: number) => ({ state, at, meetingId: 'm' });

describe('the last evidence of a person', () => {
  it('is the latest of a noted request, of taking a seat and of taking a place', () => {
    const seat = { joinedAt: 2 } as never;
    const place = { state: 'held', joinedAt: 3 } as never;
    expect(lastEvidenceOf(ann({ seenAt: 1, seat, place }))).toBe(3);
    expect(lastEvidenceOf(ann({ seenAt: 9, seat, place }))).toBe(9);
    expect(lastEvidenceOf(ann({}))).toBe(0);
  });
});

describe('a request is noted', () => {
  it('where the last evidence is fifteen seconds old, and not before', () => {
    expect(isNoteDue(ann({ seenAt: NOW - NOTE_EVERY_MS + 1 }), NOW)).toBe(false);
    expect(isNoteDue(ann({ seenAt: NOW - NOTE_EVERY_MS }), NOW)).toBe(true);
    expect(isNoteDue(ann({ seat: { joinedAt: NOW - 1 } }), NOW)).toBe(false);
  });

  it.each(['presence', 'stagePresence'])(
    'at once where an event that may be later reports by %s that the person is gone',
    (which) => {
      const seenAt = NOW - 1000;
      expect(isNoteDue(ann({ seenAt, [which]: of('dropped', NOW - 500) }), NOW)).toBe(true);
      expect(isNoteDue(ann({ seenAt, [which]: of('left', NOW - 500) }), NOW)).toBe(true);
      expect(isNoteDue(ann({ seenAt, [which]: of('present', NOW - 500) }), NOW)).toBe(false);
      expect(isNoteDue(ann({ seenAt, [which]: of('left', seenAt - CLOCK_SKEW_MS + 1) }), NOW)).toBe(true);
      expect(isNoteDue(ann({ seenAt, [which]: of('left', seenAt - CLOCK_SKEW_MS) }), NOW)).toBe(false);
    },
  );
});

describe('a person on stage counts as having left the primary', () => {
  const topology = { epoch: 1, primary: { state: 'open', Meeting: { MeetingId: 'm' } } } as never;
  const onStage = (more: object) => ann({ place: { state: 'held', joinedAt: NOW - 60_000 }, ...more });

  it('where the departure event is later than the entry and any request, by more than the clock skew', () => {
    const stagePresence = of('left', NOW);
    expect(hasLeftStage(topology, onStage({ stagePresence }))).toBe(true);
    expect(hasLeftStage(topology, onStage({ stagePresence, seenAt: NOW - CLOCK_SKEW_MS - 1 }))).toBe(true);
    expect(hasLeftStage(topology, onStage({ stagePresence, seenAt: NOW - CLOCK_SKEW_MS }))).toBe(false);
    expect(hasLeftStage(topology, onStage({ stagePresence, seenAt: NOW + 1 }))).toBe(false);
    expect(hasLeftStage(topology, onStage({ stagePresence: of('left', NOW - 60_000) }))).toBe(false);
    expect(hasLeftStage(topology, onStage({ stagePresence: of('left', NOW - 70_000) }))).toBe(false);
  });

  it('for no other reason: not on a dropped client, without events, or on an event of another meeting', () => {
    expect(hasLeftStage(topology, onStage({ stagePresence: of('dropped', NOW) }))).toBe(false);
    expect(hasLeftStage(topology, onStage({ stagePresence: of('present', NOW) }))).toBe(false);
    expect(hasLeftStage(topology, onStage({}))).toBe(false);
    expect(hasLeftStage(topology, onStage({ presence: of('left', NOW) }))).toBe(false);
    const elsewhere = { ...of('left', NOW), meetingId: 'another' };
    expect(hasLeftStage(topology, onStage({ stagePresence: elsewhere }))).toBe(false);
  });
});
