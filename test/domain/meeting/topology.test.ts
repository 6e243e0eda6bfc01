import { nextOrdinal } from '../../../lib/domain/meeting/ordinals.ts';
import { isClaimed, isLeaseExpired, isLive, primaryMeetingId } from '../../../lib/domain/meeting/topology.ts';
import {
  type LearnedLimit,
  limitAfterRefusal,
  limitRetryAt,
} from '../../../lib/domain/placement/learned-limit.ts';
import { remainingReplicas } from '../../../lib/domain/placement/remaining-replicas.ts';
import { faultsOf } from '../../../simulation/checks/topology-faults.ts';
import {
  abandoned,
  learned,
  NOW,
  opening,
  options,
  primary,
  replica,
  topology,
} from '../../support/topologies.ts';

describe('the number of replicas that may still be opened', () => {
  it('is the host’s limit less the existing ones, also while one is being opened', () => {
    expect(remainingReplicas(topology(primary(), replica('eu-west-1'), opening('us-east-1')), NOW)).toBe(2);
  });

  it('is at most the limit that was learned from Chime', () => {
    expect(remainingReplicas(topology(primary(), learned(2), replica('eu-west-1')), NOW)).toBe(1);
    expect(remainingReplicas(topology(primary(), learned(9), replica('eu-west-1')), NOW)).toBe(3);
  });

  it('is never negative, also when the host lowers the limit', () => {
    const two = topology(primary(), replica('eu-west-1'), replica('us-east-1'), options({ maxReplicas: 1 }));
    expect(remainingReplicas(two, NOW)).toBe(0);
  });

  it('is one at a learned limit whose pause is over, and zero where the host forbids more', () => {
    const full = topology(primary(), learned(1), replica('eu-west-1'));
    expect([14_999, 15_000].map((ms) => remainingReplicas(full, NOW + ms))).toEqual([0, 1]);
    expect(remainingReplicas({ ...full, options: { ...full.options, maxReplicas: 1 } }, NOW + 15_000)).toBe(
      0,
    );
  });

  it('allows retries at a slower rate with each rejection, and at least one in two minutes', () => {
    const pauses = [1, 2, 3, 4, 9].map((refusals) => {
      const { learnedLimit } = topology(learned(1, { refusals }));
      return limitRetryAt(learnedLimit as LearnedLimit) - NOW;
    });
    expect(pauses).toEqual([15_000, 30_000, 60_000, 120_000, 120_000]);
  });
});

describe('the limit that was learned from Chime', () => {
  it('is the primary’s where the message names replicas, and the account’s where no replica exists', () => {
    const of = (others: number, names?: 'replicas') =>
      limitAfterRefusal(undefined, { others, names, now: NOW }).of;
    expect([of(2, 'replicas'), of(0), of(2)]).toEqual(['primary', 'account', 'unknown']);
  });

  it('counts consecutive rejections, and keeps the time of the first', () => {
    const first = limitAfterRefusal(undefined, { others: 2, names: undefined, now: NOW });
    const second = limitAfterRefusal(first, { others: 1, names: undefined, now: NOW + 20_000 });
    expect(second).toMatchObject({ replicas: 1, since: NOW, at: NOW + 20_000, refusals: 2 });
  });
});

describe('the next ordinal', () => {
  it('is one that no replica had, also where earlier replicas are gone', () => {
    expect(nextOrdinal(topology())).toBe(0);
    expect(nextOrdinal(topology(replica('eu-west-1', { ordinal: 2 })))).toBe(3);
    expect(nextOrdinal({ replicas: [], nextOrdinal: 7 })).toBe(7);
  });
});

describe('a claim', () => {
  const claimOf = ({ replicas: [first] }: ReturnType<typeof topology>) => first;

  it('lives until its lease is over, and is abandoned from that instant on', () => {
    const [living, dead] = [
      claimOf(topology(opening('eu-west-1'))),
      claimOf(topology(abandoned('eu-west-1'))),
    ];
    expect([isClaimed(living, NOW), isLeaseExpired(living, NOW)]).toEqual([true, false]);
    expect([isClaimed(dead, NOW), isLeaseExpired(dead, NOW)]).toEqual([false, true]);
  });

  it('does not exist on an open meeting, or without a meeting', () => {
    const open = claimOf(topology(replica('eu-west-1')));
    expect([isClaimed(open, NOW), isLeaseExpired(open, NOW)]).toEqual([false, false]);
    expect([isClaimed(undefined, NOW), isLeaseExpired(undefined, NOW)]).toEqual([false, false]);
  });
});

describe('the primary', () => {
  it('has no id before it is open', () => {
    const claimed = { state: 'claimed', mediaRegion: 'us-east-1', capacity: 0 } as const;
    expect(primaryMeetingId({ ...topology(), primary: claimed })).toBeUndefined();
    expect(primaryMeetingId(topology(primary()))).toBe('the-primary');
  });
});

describe('the faults of a topology', () => {
  it('are none for a valid topology', () => {
    expect(faultsOf(topology())).toEqual([]);
    expect(faultsOf(topology(primary(), replica('eu-west-1'), opening('us-east-1')))).toEqual([]);
  });

  it.each([
    [
      'two meetings share one MeetingId',
      topology(primary(), replica('eu-west-1', { meetingId: 'the-primary' })),
    ],
    ['a replica is open without a primary', topology(replica('eu-west-1'))],
    ['an open replica has no MeetingId', topology(primary(), replica('eu-west-1', { meetingId: '' }))],
    ['live without a primary', { ...topology(), status: 'live' as const }],
    [
      'the stage holds more than it has places',
      topology(
        primary(
          'us-east-1',
          Array.from({ length: 241 }, (_, k) => `person-${k}`),
        ),
      ),
    ],
  ])('name the invariant violation: %s', (fault, broken) => {
    expect(faultsOf(broken)).toEqual([fault]);
  });
});

describe('a live topology', () => {
  it('has an open primary and is not ended', () => {
    const open = topology(primary());
    const claimed = { state: 'claimed', mediaRegion: 'us-east-1', capacity: 0 } as const;
    expect(isLive(open)).toBe(true);
    expect(isLive({ ...open, primary: claimed })).toBe(false);
    expect(isLive({ ...open, status: 'ended' })).toBe(false);
    expect(isLive(undefined)).toBe(false);
  });
});
