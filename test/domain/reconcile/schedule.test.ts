import {
  agendaOf,
  CALM_MS,
  CHECK_MS,
  EVERY_MS,
  type Screened,
} from '../../../lib/domain/reconcile/schedule.ts';
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
const MANY = 100_000;
const inOrder = (names: Screened[], now: number) => {
  const { urgent, looks } = agendaOf(names, { now, capacity: MANY });
  return [...urgent, ...looks];
};
const agesOf = (names: Screened[], at: 'lookedAt' | 'provenAt') => names.map((name) => NOW - (name[at] ?? 0));

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

describe('the primaries that a pass checks', () => {
  const proven = (ms: number, more: Partial<Screened> = {}) =>
    lookedAgo(CALM_MS - 1, { provenAt: NOW - ms, ...more });
  const checks = (names: Screened[]) => agendaOf(names, { now: NOW, capacity: MANY }).checks;

  it('are those that nothing proved alive for two minutes, the longest unproven first', () => {
    const names = [CHECK_MS - 1, CHECK_MS, CHECK_MS + 70, CHECK_MS + 5].map((ms) => proven(ms));
    expect(agesOf(checks(names), 'provenAt')).toEqual([CHECK_MS + 70, CHECK_MS + 5, CHECK_MS]);
  });

  it('are none where no primary is open', () => {
    expect(checks([lookedAgo(CALM_MS - 1)])).toEqual([]);
  });

  it('are not those of names that are looked at', () => {
    const names = [proven(CALM_MS, { finding: 'trouble' }), lookedAgo(CALM_MS, { provenAt: NOW - CALM_MS })];
    expect(checks(names)).toEqual([]);
  });

  it('come before others where nothing tells that a person is connected', () => {
    const doubt = { finding: 'doubt', lookedAt: NOW - EVERY_MS + 1 } as const;
    const names = [proven(CHECK_MS + 30_000), proven(CHECK_MS, doubt)];
    expect(checks(names).map(({ finding }) => finding)).toEqual(['doubt', 'calm']);
  });
});

describe('where more names are due than a pass can look at', () => {
  /** Due names: looked at this long ago, and proven alive that long ago. */
  const due = (lookedMs: number, provenMs: number) =>
    lookedAgo(CALM_MS + lookedMs, { provenAt: NOW - CHECK_MS - provenMs });
  const names = [due(1, 9), due(7, 1), due(2, 8), due(8, 7), due(9, 6), due(3, 2)];

  it('half of those that nothing proved alive for longest are only checked: those that were looked at last', () => {
    const { looks, checks } = agendaOf(names, { now: NOW, capacity: 2 });
    expect(agesOf(looks.slice(0, 2), 'lookedAt')).toEqual([CALM_MS + 8, CALM_MS + 9]);
    expect(agesOf(checks.slice(0, 2), 'lookedAt')).toEqual([CALM_MS + 1, CALM_MS + 2]);
  });

  it('the others follow in both lists, in case the quota suffices', () => {
    const { looks, checks } = agendaOf(names, { now: NOW, capacity: 2 });
    const others = [CALM_MS + 7, CALM_MS + 3];
    expect(agesOf(looks.slice(2), 'lookedAt')).toEqual(others);
    expect(agesOf(checks.slice(2), 'lookedAt')).toEqual(others);
  });

  it('a name whose primary joins prove alive all the time is looked at as often as others', () => {
    const capacity = 2;
    const all = Array.from({ length: 12 }, (_, n) => ({ ...due(n, n), looks: 0, isJoined: n === 0 }));
    for (let pass = 1; pass <= 60; pass++) {
      const now = NOW + pass * 60_000;
      for (const name of all) if (name.isJoined) name.provenAt = now;
      const { looks, checks } = agendaOf(all, { now, capacity });
      for (const name of looks.slice(0, capacity)) {
        Object.assign(name, {
          lookedAt: now,
          provenAt: now,
          reconcileAt: now + CALM_MS,
          looks: name.looks + 1,
        });
        Object.assign(name, { calmUntil: name.reconcileAt });
      }
      for (const name of checks.slice(0, capacity)) name.provenAt = now;
    }
    const [joined = 0, ...others] = all.map(({ looks }) => looks);
    expect(joined).toBeGreaterThanOrEqual(Math.min(...others) - 1);
  });

  it('a name without an open primary is looked at', () => {
    const scheduled = lookedAgo(CALM_MS + 10);
    const { looks } = agendaOf([...names, scheduled], { now: NOW, capacity: 2 });
    expect(looks.slice(0, 3)).toContain(scheduled);
  });
});
