import {
  faultsOf,
  isAbandoned,
  isClaimed,
  nextOrdinal,
  primaryMeetingId,
  replicasLeft,
} from '../../lib/domain/topology.ts';
import {
  abandoned,
  learned,
  NOW,
  opening,
  options,
  primary,
  replica,
  topology,
} from '../support/topologies.ts';

describe('the replicas that are left', () => {
  it('are those of the wish that do not stand yet, also while one is being opened', () => {
    expect(replicasLeft(topology(primary(), replica('eu-west-1'), opening('us-east-1')))).toBe(2);
  });

  it('are no more than the account was seen to allow', () => {
    expect(replicasLeft(topology(primary(), learned(2), replica('eu-west-1')))).toBe(1);
    expect(replicasLeft(topology(primary(), learned(9), replica('eu-west-1')))).toBe(3);
  });

  it('are never fewer than none, when the wish shrinks', () => {
    const two = topology(primary(), replica('eu-west-1'), replica('us-east-1'), options({ maxReplicas: 1 }));
    expect(replicasLeft(two)).toBe(0);
  });

  it('are not used up by one that died alone', () => {
    expect(replicasLeft(topology(primary(), replica('eu-west-1', { state: 'retired' })))).toBe(4);
  });
});

describe('the next ordinal', () => {
  it('is the lowest that no replica has, not even a retired one', () => {
    expect(nextOrdinal(topology())).toBe(0);
    const gap = topology(replica('eu-west-1'), replica('eu-west-1', { ordinal: 2 }));
    expect(nextOrdinal(gap)).toBe(1);
    expect(nextOrdinal(topology(replica('eu-west-1', { state: 'retired' })))).toBe(1);
  });
});

describe('a claim', () => {
  const claimOf = ({ replicas: [first] }: ReturnType<typeof topology>) => first;

  it('lives until its lease is over, and is abandoned from that instant on', () => {
    const [living, dead] = [
      claimOf(topology(opening('eu-west-1'))),
      claimOf(topology(abandoned('eu-west-1'))),
    ];
    expect([isClaimed(living, NOW), isAbandoned(living, NOW)]).toEqual([true, false]);
    expect([isClaimed(dead, NOW), isAbandoned(dead, NOW)]).toEqual([false, true]);
  });

  it('is nothing that an open meeting, or none, has', () => {
    const open = claimOf(topology(replica('eu-west-1')));
    expect([isClaimed(open, NOW), isAbandoned(open, NOW)]).toEqual([false, false]);
    expect([isClaimed(undefined, NOW), isAbandoned(undefined, NOW)]).toEqual([false, false]);
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
  it('are none in a sound one', () => {
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
  ])('name what is wrong: %s', (fault, broken) => {
    expect(faultsOf(broken)).toEqual([fault]);
  });
});
