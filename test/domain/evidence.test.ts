import { isNoteDue, lastEvidenceOf, NOTE_EVERY_MS } from '../../lib/domain/evidence.ts';
import type { Participant } from '../../lib/domain/participant.ts';

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
    'at once where a later event says by %s that the person is gone',
    (which) => {
      const seenAt = NOW - 1000;
      expect(isNoteDue(ann({ seenAt, [which]: of('dropped', NOW - 500) }), NOW)).toBe(true);
      expect(isNoteDue(ann({ seenAt, [which]: of('left', NOW - 500) }), NOW)).toBe(true);
      expect(isNoteDue(ann({ seenAt, [which]: of('present', NOW - 500) }), NOW)).toBe(false);
      expect(isNoteDue(ann({ seenAt, [which]: of('left', NOW - 1500) }), NOW)).toBe(false);
    },
  );
});
