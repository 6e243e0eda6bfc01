import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { topologyKey } from '../../../lib/store/keys.ts';
import { TableName, table } from '../../../lib/store/table.ts';
import { markEnded, openEpoch, reopen } from '../../../lib/store/topology/epochs.ts';
import { readListed, readStatusList } from '../../../lib/store/topology/status-list.ts';
import { changeOptions, createTopology } from '../../../lib/store/topology/topologies.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { aLiveTopology, aTopology, NOW, now, onEveryEngine } from '../support.ts';

type Status = Topology['status'];
const STATUSES: Status[] = ['scheduled', 'live', 'ended'];
const OPTIONS = { maxReplicas: 4, waitForPresenter: true };
const HOUR_MS = 3_600_000;

/** All names with this status, in the order of the list. */
async function listed(status: Status): Promise<string[]> {
  const { positions } = await readStatusList(status, { after: undefined, limit: 1000 });
  const found = await readListed(status, positions, NOW);
  return found.map(({ topology }) => topology.externalMeetingId);
}

/** The lists that contain this name. */
async function listsOf({ externalMeetingId }: Pick<Topology, 'externalMeetingId'>): Promise<Status[]> {
  const lists = await Promise.all(STATUSES.map(listed));
  return STATUSES.filter((_, k) => lists[k]?.includes(externalMeetingId));
}

/** A name that is created now, whose event starts after so many hours. */
async function startingIn(hours: number): Promise<string> {
  const externalMeetingId = uniqueMeetingId();
  const options = { ...OPTIONS, startsAt: new Date(NOW + hours * HOUR_MS).toISOString() };
  await createTopology({ externalMeetingId, incarnation: 'first', options }, NOW);
  return externalMeetingId;
}

onEveryEngine(() => {
  describe('the lists of names by status', () => {
    it('contain each name once, from its creation through its epochs to its end and reopening', async () => {
      const scheduled = await aTopology();
      expect(await listsOf(scheduled)).toEqual(['scheduled']);
      const live = await aLiveTopology();
      expect(await listsOf(live)).toEqual(['live']);
      await openEpoch(live, live.primary?.Meeting?.MeetingId as string);
      expect(await listsOf(live)).toEqual(['scheduled']);
      await markEnded(live.externalMeetingId, NOW);
      expect(await listsOf(live)).toEqual(['ended']);
      await reopen(await now(live), { options: OPTIONS, incarnation: 'second' }, NOW);
      expect(await listsOf(live)).toEqual(['scheduled']);
    });

    it('order scheduled names by their start, soonest first, and follow a change of it', async () => {
      const [late, soon, next] = [await startingIn(30), await startingIn(10), await startingIn(20)];
      const order = async () =>
        (await listed('scheduled')).filter((name) => [late, soon, next].includes(name));
      expect(await order()).toEqual([soon, next, late]);
      const startsAt = new Date(NOW + 5 * HOUR_MS).toISOString();
      await changeOptions(late, { ...OPTIONS, startsAt }, NOW);
      expect(await order()).toEqual([late, soon, next]);
      await changeOptions(late, OPTIONS, NOW);
      expect(await order()).toEqual([late, soon, next]);
    });

    it('order ended names by their start, latest first', async () => {
      const [early, late] = [await startingIn(-3), await startingIn(-1)];
      for (const name of [early, late]) await markEnded(name, NOW);
      expect((await listed('ended')).filter((name) => [early, late].includes(name))).toEqual([late, early]);
    });

    it('leave out a name that expired and is not deleted yet', async () => {
      const { externalMeetingId } = await aTopology();
      const { positions } = await readStatusList('scheduled', { after: undefined, limit: 1000 });
      const mine = positions.filter((position) => position.endsWith(`#${externalMeetingId}`));
      expect(await readListed('scheduled', mine, NOW)).toHaveLength(1);
      expect(await readListed('scheduled', mine, NOW + 10_000 * HOUR_MS)).toEqual([]);
    });

    it('leave out a name that has another status by now, at a position that was read before', async () => {
      const { externalMeetingId } = await aTopology();
      const { positions } = await readStatusList('scheduled', { after: undefined, limit: 1000 });
      await markEnded(externalMeetingId, NOW);
      const found = await readListed('scheduled', positions, NOW);
      expect(found.map(({ topology }) => topology.externalMeetingId)).not.toContain(externalMeetingId);
    });

    it('gain a name that was written before there was a list, once its status changes', async () => {
      const topology = await aTopology();
      const { externalMeetingId } = topology;
      const forget = new UpdateCommand({
        TableName: TableName(),
        Key: topologyKey(externalMeetingId),
        UpdateExpression: 'REMOVE statusShard, statusAt',
      });
      await table().send(forget);
      expect(await listsOf(topology)).toEqual([]);
      await markEnded(externalMeetingId, NOW);
      expect(await listsOf(topology)).toEqual(['ended']);
    });
  });

  describe('a page of names', () => {
    it.each(STATUSES)('contains each %s name once, for any size of page', async (status) => {
      for (let k = 0; k < 23; k++) {
        const { externalMeetingId } = status === 'live' ? await aLiveTopology() : await aTopology();
        if (status === 'ended') await markEnded(externalMeetingId, NOW);
      }
      const whole = (await readStatusList(status, { after: undefined, limit: 1000 })).positions;
      for (const limit of [1, 7, whole.length]) {
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const page = await readStatusList(status, { after, limit });
          expect(page.positions.length).toBeLessThanOrEqual(limit);
          seen.push(...page.positions);
          after = page.next;
        } while (after !== undefined);
        expect(seen).toEqual(whole);
      }
    });
  });
});
