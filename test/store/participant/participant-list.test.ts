import type { Position } from '../../../lib/domain/access/cursor.ts';
import type { Participant } from '../../../lib/domain/meeting/participant.ts';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { readParticipantList } from '../../../lib/store/participant/participant-list.ts';
import { changeParticipant } from '../../../lib/store/participant/participants.ts';
import { table } from '../../../lib/store/table.ts';
import fc from '../../support/random/property.ts';
import { aTopology, atOnce, onEveryEngine, subject } from '../support.ts';

const anyParticipant = () => true;
const even = ({ externalUserId }: Participant) => Number(externalUserId.slice(7)) % 2 === 0;

const join = (topology: Topology, from: number, many: number) =>
  atOnce(many, (k) => changeParticipant(subject(topology, `person-${from + k}`), { clauses: [] }));

/** Reads page by page, with another operation in between. */
async function pages(
  { externalMeetingId }: Topology,
  { limit, wanted = anyParticipant }: { limit: number; wanted?: (participant: Participant) => boolean },
  between: (page: number) => Promise<unknown> = async () => {},
): Promise<string[][]> {
  const read: string[][] = [];
  let from: Position | undefined = { shard: 0 };
  while (from) {
    const { participants, next } = await readParticipantList(externalMeetingId, from, { limit, wanted });
    read.push(participants.map(({ externalUserId }) => externalUserId));
    await between(read.length);
    from = next;
  }
  return read;
}

/** How many queries are sent at once, round after round, from now on. */
function roundsOfReads(): () => number[] {
  const rounds: number[] = [];
  let underWay = 0;
  table().middlewareStack.add((next) => async (request) => {
    if (underWay++ === 0) rounds.push(0);
    rounds.push((rounds.pop() ?? 0) + 1);
    return next(request).finally(() => {
      underWay -= 1;
    });
  });
  return () => rounds;
}

onEveryEngine(() => {
  describe('reading the participant list page by page', () => {
    it('gives every person once, for any page size', async () => {
      const topology = await aTopology();
      await join(topology, 0, 60);
      const all = Array.from({ length: 60 }, (_, k) => `person-${k}`).sort();
      const anyLimit = fc.integer({ min: 1, max: 70 });
      await fc.assert(
        fc.asyncProperty(anyLimit, async (limit) => {
          const read = await pages(topology, { limit });
          expect(read.flat().sort()).toEqual(all);
          expect(read.every((page) => page.length <= limit)).toBe(true);
        }),
        { numRuns: 8, examples: [[1], [60]] },
      );
    });

    it('fills each page with matching people, and only the last is shorter', async () => {
      const topology = await aTopology();
      await join(topology, 0, 60);
      const read = await pages(topology, { limit: 7, wanted: even });
      expect(new Set(read.flat()).size).toBe(30);
      expect(read.flat()).toHaveLength(30);
      expect(read.slice(0, 4).map((page) => page.length)).toEqual([7, 7, 7, 7]);
    });

    it('gives every present person exactly once, while others join between the pages', async () => {
      const topology = await aTopology();
      await join(topology, 0, 40);
      const keepJoining = (page: number) => (page <= 5 ? join(topology, page * 100, 10) : Promise.resolve());
      const read = (await pages(topology, { limit: 6 }, keepJoining)).flat();
      expect(new Set(read).size).toBe(read.length);
      expect(read).toEqual(expect.arrayContaining(Array.from({ length: 40 }, (_, k) => `person-${k}`)));
    });

    it('reads the shards at once, and each of them once, where the page has room for all', async () => {
      const topology = await aTopology();
      await join(topology, 0, 60);
      const rounds = roundsOfReads();
      expect(await pages(topology, { limit: 200 })).toHaveLength(1);
      expect(rounds()).toEqual([1, 16, 15]);
    });

    it('reads no more shards at once than the page has room for', async () => {
      const topology = await aTopology();
      await join(topology, 0, 160);
      const rounds = roundsOfReads();
      const { participants } = await readParticipantList(
        topology.externalMeetingId,
        { shard: 0 },
        { limit: 20, wanted: anyParticipant },
      );
      expect(participants).toHaveLength(20);
      expect(rounds().reduce((sum, reads) => sum + reads, 0)).toBeLessThanOrEqual(6); // each shard has about five people
    });

    it('gives one empty page where no person ever was', async () => {
      expect(await pages(await aTopology(), { limit: 5 })).toEqual([[]]);
    });
  });
});
