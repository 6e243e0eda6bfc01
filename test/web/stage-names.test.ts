import type { Topology } from '../../client/balcony.ts';
import { until } from '../../local/until.ts';
import { stageNames } from '../../web/room/stage-names.ts';
import { aGate } from '../support/gate.ts';

type OnStage = NonNullable<Topology['stage']>;

/** A room whose service answers with these stages, one after the other; a missing one is a failure. */
function room(...stages: (OnStage | undefined)[]) {
  const gate = aGate();
  const waited: number[] = [];
  let news = 0;
  let looks = 0;
  const names = stageNames(
    {
      look: async () => {
        const stage = stages[looks++];
        if (!stage) throw new TypeError('the network failed');
        return { stage } as Topology;
      },
      onNews: () => news++,
      spreadMs: 1000,
      signal: new AbortController().signal,
    },
    {
      random: () => 0.5,
      pause: async (ms) => {
        waited.push(ms);
        await gate.pause();
      },
    },
  );
  return { names, gate, waited, looks: () => looks, news: () => news };
}

describe('the display names of people on stage', () => {
  it('are requested once, after a random pause, for all who appear until then', async () => {
    const { names, gate, waited, looks, news } = room([
      { externalUserId: 'u-1', displayName: 'Ada Lovelace' },
      { externalUserId: 'u-2' },
    ]);
    expect([names.of('u-1'), names.of('u-2'), names.of('u-1')]).toEqual(['u-1', 'u-2', 'u-1']);
    gate.open();
    await until(() => news() === 1);
    expect([names.of('u-1'), names.of('u-2')]).toEqual(['Ada Lovelace', 'u-2']);
    expect([waited, looks()]).toEqual([[500], 1]);
  });

  it('are requested again after a failure, with at least the spread between two requests', async () => {
    const { names, gate, waited, looks, news } = room(undefined, undefined, [
      { externalUserId: 'u-1', displayName: 'Ada' },
    ]);
    gate.open();
    expect(names.of('u-1')).toBe('u-1');
    await until(() => news() === 1);
    expect(names.of('u-1')).toBe('Ada');
    expect([waited, looks()]).toEqual([[500, 1500, 1500], 3]);
  });

  it('are requested again when another person appears later', async () => {
    const ada = { externalUserId: 'u-1', displayName: 'Ada' };
    const { names, gate, news } = room([ada], [ada, { externalUserId: 'u-2', displayName: 'Linus' }]);
    gate.open();
    names.of('u-1');
    await until(() => news() === 1);
    expect(names.of('u-2')).toBe('u-2');
    await until(() => news() === 2);
    expect(names.of('u-2')).toBe('Linus');
  });
});
