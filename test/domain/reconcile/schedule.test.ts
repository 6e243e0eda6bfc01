import { CALM_MS, EVERY_MS, inOrder, type Screened } from '../../../lib/domain/reconcile/schedule.ts';
import { NOW } from '../../support/topologies.ts';

/** A calm name that was looked at this long ago (milliseconds). */
const lookedAgo = (ms: number, more: Partial<Screened> = {}): Screened => ({
  externalMeetingId: `looked-at-${ms}-ago`,
  lookedAt: NOW - ms,
  reconcileAt: NOW - ms + CALM_MS,
  calmUntil: NOW - ms + CALM_MS,
  isTaken: false,
  finding: 'calm',
  ...more,
});
const trouble = (ms: number) => lookedAgo(ms, { finding: 'trouble' });

describe('the order in which a pass looks at names', () => {
  it('puts a name in trouble before any number of names that are overdue', () => {
    const overdue = Array.from({ length: 10_000 }, (_, n) => lookedAgo(CALM_MS + n));
    const [first, ...others] = inOrder([...overdue, trouble(60_000)], NOW);
    expect(first).toMatchObject({ finding: 'trouble' });
    expect(others).toHaveLength(10_000);
  });

  it('puts the trouble first whose name was looked at the longest ago, and one that was never looked at before it', () => {
    const never: Screened = {
      externalMeetingId: 'new',
      reconcileAt: NOW + 1,
      isTaken: false,
      finding: 'trouble',
    };
    const names = [trouble(60_000), never, trouble(200_000), trouble(EVERY_MS)];
    expect(inOrder(names, NOW).map(({ lookedAt }) => lookedAt)).toEqual([
      undefined,
      NOW - 200_000,
      NOW - 60_000,
      NOW - EVERY_MS,
    ]);
  });

  it('puts the longest overdue first, where there is no trouble', () => {
    const names = [CALM_MS + 1, CALM_MS + 500, CALM_MS, CALM_MS + 20].map((ms) => lookedAgo(ms));
    expect(inOrder(names, NOW).map(({ reconcileAt }) => NOW - reconcileAt)).toEqual([500, 20, 1, 0]);
  });

  it('leaves calm names out until they are due', () => {
    expect(inOrder([lookedAgo(CALM_MS - 1)], NOW)).toEqual([]);
    expect(inOrder([lookedAgo(CALM_MS)], NOW)).toHaveLength(1);
  });

  it('includes a name in doubt a pass after its last look, behind names in trouble', () => {
    const doubt = lookedAgo(EVERY_MS, { finding: 'doubt' });
    expect(inOrder([lookedAgo(EVERY_MS - 1, { finding: 'doubt' })], NOW)).toEqual([]);
    expect(inOrder([doubt, trouble(EVERY_MS)], NOW).map(({ finding }) => finding)).toEqual([
      'trouble',
      'doubt',
    ]);
  });

  it.each<[string, Partial<Screened>]>([
    ['that another write made due before it was planned', { reconcileAt: NOW }],
    ['whose last look asked for another one', { reconcileAt: NOW, calmUntil: 0 }],
    ['at which a look did not end', { reconcileAt: NOW, isTaken: true }],
    ['whose primary was not opened to the end', { reconcileAt: NOW, finding: 'unfinished' }],
  ])('puts a name %s before names that are overdue', (_, more) => {
    const names = [lookedAgo(CALM_MS + 1000), lookedAgo(60_000, more)];
    expect(inOrder(names, NOW)[0]).toBe(names[1]);
  });

  it('leaves out a name at which another pass is looking, and one whose trouble was looked at just now', () => {
    expect(inOrder([lookedAgo(60_000, { finding: 'trouble', isTaken: true })], NOW)).toEqual([]);
    expect(inOrder([trouble(1000)], NOW)).toEqual([]);
  });
});
