import { isStillClaimable } from '../../../lib/domain/meeting/ordinals.ts';
import { NOW, primary, replica, topology } from '../../support/topologies.ts';

const lease = (owner: string) => ({ owner, until: NOW - 1 });
const abandoned = (owner: string) =>
  replica('us-east-1', { state: 'claimed', capacity: 0, lease: lease(owner) });

describe('an ordinal that a request wants to claim', () => {
  const read = topology(primary(), replica('us-east-1'), abandoned('first'));

  it('can be claimed while nothing has changed since it was read', () => {
    expect([1, 2].map((ordinal) => isStillClaimable(read, { ...read }, ordinal))).toEqual([true, true]);
  });

  it('cannot if another request has claimed it, or taken it over', () => {
    const further = topology(primary(), replica('us-east-1'), abandoned('first'), abandoned('second'));
    expect(isStillClaimable(read, further, 2)).toBe(false);
    const taken = topology(primary(), replica('us-east-1'), abandoned('second'));
    expect(isStillClaimable(read, taken, 1)).toBe(false);
  });

  it('can still be taken over if another request has claimed a further one', () => {
    const further = topology(primary(), replica('us-east-1'), abandoned('first'), abandoned('second'));
    expect(isStillClaimable(read, further, 1)).toBe(true);
  });

  it('can be claimed after a lower one was, as by a request that opens several', () => {
    const further = topology(primary(), replica('us-east-1'), abandoned('first'), abandoned('second'));
    expect(isStillClaimable(read, further, 3)).toBe(true);
  });

  it('cannot if its claim was given up: ordinals are never reused', () => {
    const fewer = { ...topology(primary(), replica('us-east-1')), nextOrdinal: 3 };
    expect(isStillClaimable(read, fewer, 1)).toBe(false);
    expect(isStillClaimable(read, fewer, 2)).toBe(false);
  });

  it('cannot after the meeting ended, in another epoch, or in another life of the name', () => {
    expect(isStillClaimable(read, { ...read, status: 'ended' }, 2)).toBe(false);
    expect(isStillClaimable(read, { ...read, epoch: read.epoch + 1 }, 2)).toBe(false);
    expect(isStillClaimable(read, { ...read, incarnation: 'another' }, 2)).toBe(false);
  });
});
