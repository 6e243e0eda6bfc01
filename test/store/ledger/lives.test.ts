import { endOf, openedIn, spansOf } from '../../../lib/domain/ledger/life.ts';
import { addLifeFacts, addRefusals, readLives } from '../../../lib/store/ledger/lives.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { NOW, onEveryEngine } from '../support.ts';

const aLife = (more: object = {}) => ({
  externalMeetingId: uniqueMeetingId(),
  incarnation: 'first',
  incarnatedAt: NOW,
  ...more,
});

onEveryEngine(() => {
  describe('the record of a life', () => {
    it('has the earliest end that was added, in any order', async () => {
      const life = aLife();
      for (const at of [NOW + 30, NOW + 10, NOW + 20])
        await addLifeFacts(life, [{ subject: 'e1', at, kind: 'ended' }], NOW);
      await addLifeFacts(life, [{ subject: 'e1', at: NOW, kind: 'opened' }], NOW);
      const [record] = await readLives(life.externalMeetingId);
      const spans = spansOf(record?.facts ?? []);
      expect([record?.openedAt, record?.incarnation]).toEqual([NOW, 'first']);
      expect(endOf({ openedAt: NOW, spans }, 'a1.0')).toBe(NOW + 10);
      expect(openedIn({ spans })).toEqual({ epochs: 1, replicas: 0 });
    });

    it('adds up refusals by code', async () => {
      const life = aLife();
      await addRefusals(life, new Map([['MEETING_FULL', 3]]), NOW);
      await addRefusals(
        life,
        new Map([
          ['MEETING_FULL', 2],
          ['BANNED', 1],
        ]),
        NOW,
      );
      expect((await readLives(life.externalMeetingId))[0]?.refusals).toEqual({ MEETING_FULL: 5, BANNED: 1 });
    });
  });

  describe('the lives of a name', () => {
    it('are listed with the latest first', async () => {
      const life = aLife();
      for (const n of [2, 1, 3])
        await addLifeFacts(
          { ...life, incarnation: `life-${n}`, incarnatedAt: NOW + n * 1000 },
          [{ subject: 'e1', at: NOW, kind: 'opened' }],
          NOW,
        );
      const lives = await readLives(life.externalMeetingId);
      expect(lives.map(({ incarnation }) => incarnation)).toEqual(['life-3', 'life-2', 'life-1']);
    });

    it('are none for a name that no person opened', async () => {
      expect(await readLives(uniqueMeetingId())).toEqual([]);
    });
  });
});
