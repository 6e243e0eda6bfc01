import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Audience, sharedOut } from '../../scripts/preflight/load.ts';
import { needsOf } from '../../scripts/preflight/needs.ts';
import { reportOn } from '../../scripts/preflight/report.ts';
import fc from '../support/random/property.ts';

function audience(viewers: number, changed: Partial<Audience> = {}): Audience {
  const shared = sharedOut(viewers, ['eu-central-1', 'us-east-1']);
  return { viewers: shared, withinSeconds: 60, isHighDefinition: false, isAnnounced: true, ...changed };
}

const needed = (of: Audience, what: string) => needsOf(of).needs.find((need) => need.what === what)?.needed;
const unread = { unread: 'no credentials' };

describe('the estimate for an audience', () => {
  it('counts a replica for every 250 viewers of a media region, and the primary', () => {
    expect(needsOf(audience(10_000)).replicas).toEqual({ 'eu-central-1': 20, 'us-east-1': 20 });
    expect(needed(audience(10_000), 'replicas of one primary')).toBe(40);
    expect(needed(audience(10_000), 'meetings at once')).toBe(41);
    expect(needsOf(audience(251)).replicas).toEqual({ 'eu-central-1': 1, 'us-east-1': 1 });
  });

  it('counts a replica for every 25 viewers with FHD video or UHD content: ten times as many, and longer to open', () => {
    const sharp = audience(10_000, { isHighDefinition: true });
    expect(needsOf(sharp).replicas).toEqual({ 'eu-central-1': 200, 'us-east-1': 200 });
    expect(needed(sharp, 'meetings at once')).toBe(401);
    expect(needsOf(sharp).openingSeconds).toBe(38); // 400 calls of each operation, 20 of them at once
    expect(needsOf(sharp).warnings.join()).toContain(
      'documented up to 40 replicas of a primary, with 1,000 seats',
    );
    expect(reportOn(sharp, needsOf(sharp), unread)).toContain('25 people to each Chime meeting');
  });

  it('gives the time that Chime’s rate quota needs: 120 calls, 20 of them at once', () => {
    expect(needsOf(audience(10_000)).openingSeconds).toBe(10);
    expect(needsOf(audience(500)).openingSeconds).toBe(0);
  });

  it('counts a write on the hottest key for each viewer of a replica', () => {
    expect(needed(audience(10_000, { withinSeconds: 1 }), 'writes a second on one replica')).toBe(250);
  });

  it('is larger for a crowd without a forecast, because waiting viewers retry', () => {
    const sudden = audience(10_000, { withinSeconds: 1 });
    const crowd = { ...sudden, isAnnounced: false };
    for (const what of ['Lambda instances at once', 'API requests a second'])
      expect(needed(crowd, what)).toBeGreaterThan(needed(sudden, what) as number);
    expect(needed(crowd, 'API requests a second')).toBe(13_800); // all at once, and 3.8 more each over the 10 s that seats take
  });

  it('warns beyond forty replicas, where AWS documents nothing', () => {
    expect(needsOf(audience(10_000)).warnings.join()).not.toContain('documented up to');
    expect(needsOf(audience(10_001)).warnings.join()).toContain('documented up to 40 replicas');
  });

  it('has a seat for every viewer, whatever the shares of the regions', () => {
    const names = fc.uniqueArray(fc.constantFrom('eu-central-1', 'us-east-1', 'sa-east-1'), { minLength: 1 });
    fc.assert(
      fc.property(fc.nat(1_000_000), names, (viewers, mediaRegions) => {
        const shared = sharedOut(viewers, mediaRegions);
        const { replicas } = needsOf({ ...audience(0), viewers: shared });
        expect(Object.values(shared).reduce((all, n) => all + n, 0)).toBe(viewers);
        for (const name of mediaRegions) {
          const seats = (replicas[name] ?? 0) * 250;
          expect(seats - (shared[name] ?? 0)).toBeGreaterThanOrEqual(0);
          expect(seats - (shared[name] ?? 0)).toBeLessThan(250);
        }
      }),
    );
  });
});

describe('the report of preflight', () => {
  it('names the quota to raise, by its code', () => {
    const report = reportOn(audience(10_000), needsOf(audience(10_000)), unread);
    expect(report).toContain('replicas of one primary (quota L-154D84D0): 40.');
    expect(report).toContain('The account was not read (no credentials)');
  });

  it('compares with the account’s own quotas where it could read them', () => {
    const values = new Map([['replicas of one primary', 40]]);
    const report = reportOn(audience(10_000), needsOf(audience(10_000)), { values });
    expect(report).toContain('Nothing needs to be raised.');
    expect(report).not.toContain('not read');
  });

  it('raises nothing for an audience that every account can seat', () => {
    expect(reportOn(audience(900), needsOf(audience(900)), unread)).toContain('Nothing needs to be raised.');
  });
});

describe('npm run preflight', () => {
  const { PATH } = process.env;
  const withoutAccount = { PATH, AWS_CONFIG_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true' };
  const preflight = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/preflight.ts', ...args], {
      env: withoutAccount,
    });

  it('prints the estimate without an account', async () => {
    const { stdout } = await preflight('--viewers', '10000', '--regions', 'eu-central-1,us-east-1');
    expect(stdout).toContain('10,000 viewers come within 60 s');
    expect(stdout).toContain('The account was not read');
  });

  it.each([
    [['--viewers', 'many', '--regions', 'us-east-1'], '--viewers: a whole number is wanted, not "many"'],
    [['--viewers', '10'], '--regions: name at least one media region'],
    [['--viewers', '10', '--regions', 'moon-1'], '--regions: us-east-1 hosts nothing in moon-1'],
    [
      ['--viewers', '10', '--regions', 'us-east-1', '--control-region', 'eu-west-1'],
      'no API for meetings in eu-west-1',
    ],
    [['--viewers', '10', '--regions', 'us-east-1,us-east-1'], '--regions: us-east-1 is named twice'],
    [['--regions', 'us-east-1:7,eu-west-1'], '--regions: give each region one share'],
    [['--regions', 'us-east-1:7:8'], '--regions: give each region one share'],
    [['--viewers', '10', '--regions', 'us-east-1:7'], '--viewers: leave it out'],
    [['--veiwers', '10'], "Unknown option '--veiwers'"],
  ])('explains the invalid argument %j', async (args, words) => {
    const failure = await preflight(...args).catch((error) => error);
    expect(failure.code).toBe(2);
    expect(failure.stderr).toContain(words);
  });
});
