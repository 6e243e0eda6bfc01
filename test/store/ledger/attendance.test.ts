import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Position } from '../../../lib/domain/access/cursor.ts';
import { MOST_FACTS } from '../../../lib/domain/ledger/compaction.ts';
import { type Fact, inAudience, toText } from '../../../lib/domain/ledger/facts.ts';
import { intervalsOf } from '../../../lib/domain/ledger/intervals.ts';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { attendanceKey } from '../../../lib/store/keys.ts';
import { type Attendance, addFacts, readAttendance } from '../../../lib/store/ledger/attendance.ts';
import { deleteAttendance, eraseAttendance } from '../../../lib/store/ledger/erasure.ts';
import { TableName, table } from '../../../lib/store/table.ts';
import { crossAt, prepareCrossing } from '../../support/crossing.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import fc from '../../support/random/property.ts';
import { atOnce, NOW, onEveryEngine } from '../support.ts';

const SEAT = inAudience(1, 0);
const LIFE = { openedAt: 0, spans: new Map() };
type LifeName = Pick<Topology, 'externalMeetingId' | 'incarnation'>;
const aLife = (): LifeName => ({ externalMeetingId: uniqueMeetingId(), incarnation: 'first' });

const tell = (life: LifeName, externalUserId: string, ...facts: [...Fact[], Fact]) =>
  addFacts(life, { externalUserId, role: 'viewer', facts, mediaRegion: 'us-east-1' }, NOW);
const fact = (kind: Fact['kind'], at: number): Fact => ({ connection: SEAT, at: NOW + at, kind });

/** All people, read page by page. */
async function everyone(life: LifeName, limit = 100): Promise<Attendance[]> {
  const found: Attendance[] = [];
  let from: Position | undefined = { shard: 0 };
  while (from) {
    const { people, next } = await readAttendance(life, from, limit);
    expect(people.length).toBeLessThanOrEqual(limit);
    found.push(...people);
    from = next;
  }
  return found;
}

const onlyOne = async (life: LifeName) => (await everyone(life))[0] as Attendance;

async function sizeOf(life: LifeName, who: string): Promise<number> {
  const Key = attendanceKey(life, who);
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  const plain = JSON.stringify(Item, (_, value) => (value instanceof Set ? [...value] : value));
  return Buffer.byteLength(plain);
}

onEveryEngine(() => {
  beforeAll(() => prepareCrossing());

  describe('the attendance of a person', () => {
    it('is the same whichever facts are added first, together, or again', async () => {
      const all = [fact('S', 0), fact('J', 1), fact('D', 2), fact('J', 3), fact('L', 4)];
      const order = fc.shuffledSubarray([...all, fact('J', 1), fact('D', 2)], { minLength: 7 });
      await fc.assert(
        fc.asyncProperty(order, async (facts) => {
          const life = aLife();
          await Promise.all(facts.map((one) => tell(life, 'vic', one)));
          expect((await onlyOne(life)).facts).toEqual(new Set(all.map(toText)));
        }),
        { numRuns: 5 },
      );
    });

    it('stays small and exact, however often a person comes and goes', async () => {
      const life = aLife();
      const times = 2 * MOST_FACTS;
      for (let n = 0; n < times; n++)
        await tell(life, 'vic', fact('S', 0), fact(n % 2 === 0 ? 'J' : 'L', 1000 * (n + 1)));
      const { facts, past } = await onlyOne(life);
      expect(facts.size).toBeLessThanOrEqual(MOST_FACTS);
      const intervals = intervalsOf({ facts, past }, LIFE);
      expect(intervals).toHaveLength(times / 2);
      expect(intervals.some(({ isEstimated }) => isEstimated)).toBe(false);
      expect(await sizeOf(life, 'vic')).toBeLessThan(12_000);
    });

    it('takes the facts of many writers that find the record full at once', async () => {
      const life = aLife();
      for (let n = 0; n < MOST_FACTS - 1; n++) await tell(life, 'vic', fact(n % 2 === 0 ? 'J' : 'L', n + 1));
      await atOnce(6, (n) => tell(life, 'vic', fact(n % 2 === 0 ? 'L' : 'J', 1000 + n)));
      const { facts, past } = await onlyOne(life);
      const intervals = intervalsOf({ facts, past }, LIFE);
      expect(intervals).toHaveLength(MOST_FACTS / 2 + 3);
      expect(intervals.slice(-2)).toEqual([
        { connection: SEAT, from: NOW + 1003, to: NOW + 1004, isEstimated: false },
        { connection: SEAT, from: NOW + 1005, isEstimated: false },
      ]);
    });

    it('takes no fact of a time that was compacted', async () => {
      const life = aLife();
      for (let n = 0; n <= MOST_FACTS; n++) await tell(life, 'vic', fact(n % 2 === 0 ? 'J' : 'L', 2 * n));
      const before = await onlyOne(life);
      await tell(life, 'vic', fact('D', 1));
      expect(await onlyOne(life)).toEqual(before);
    });

    it('is gone once it is erased, and begins again with what happens later', async () => {
      const life = aLife();
      for (const who of ['vic', 'wim', 'zoe']) await tell(life, who, fact('S', 0), fact('J', 1));
      for (let twice = 0; twice < 2; twice++) {
        await eraseAttendance(life, 'vic', NOW + 5);
        await deleteAttendance(life, 'zoe');
      }
      const names = async () => (await everyone(life)).map(({ externalUserId }) => externalUserId);
      expect(await names()).toEqual(['wim']);
      await tell(life, 'vic', fact('S', 0), fact('J', 4)); // an event that comes late
      expect(await names()).toEqual(['wim']);
      await tell(life, 'vic', fact('S', 0), fact('L', 9)); // with the seat that was assigned before
      expect((await everyone(life)).find(({ externalUserId }) => externalUserId === 'vic')?.facts).toEqual(
        new Set([toText(fact('L', 9))]),
      );
    });

    it('keeps what came after an erasure whose write is repeated', async () => {
      const life = aLife();
      await eraseAttendance(life, 'vic', NOW);
      await tell(life, 'vic', fact('J', 1));
      await eraseAttendance(life, 'vic', NOW);
      expect((await onlyOne(life)).facts).toEqual(new Set([toText(fact('J', 1))]));
    });

    it.each([1, 2, 3, 4])('stays erased, if that falls before request %i of a compaction', async (n) => {
      const life = aLife();
      const facts = Array.from({ length: MOST_FACTS }, (_, k) => fact(k % 2 === 0 ? 'J' : 'L', k));
      await tell(life, 'vic', ...(facts as [...Fact[], Fact]));
      const later = fact('J', 10 * MOST_FACTS);
      const erase = () => eraseAttendance(life, 'vic', NOW + 5 * MOST_FACTS);
      await crossAt(n, () => tell(life, 'vic', later), erase);
      const { past, facts: kept } = await onlyOne(life);
      expect([past, kept]).toEqual([[], new Set([toText(later)])]);
    });

    it('belongs to one life of the name', async () => {
      const life = aLife();
      await tell(life, 'vic', fact('J', 1));
      expect(await everyone({ ...life, incarnation: 'second' })).toEqual([]);
    });
  });

  describe('the attendance of a name', () => {
    it('has every person once, for any page size', async () => {
      const life = aLife();
      await atOnce(60, (n) => tell(life, `person-${n}`, fact('J', n)));
      const all = Array.from({ length: 60 }, (_, n) => `person-${n}`).sort();
      for (const limit of [1, 7, 60, 100])
        expect((await everyone(life, limit)).map(({ externalUserId }) => externalUserId).sort()).toEqual(all);
    });
  });
});
