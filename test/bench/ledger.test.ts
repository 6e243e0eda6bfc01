import { ledgerBench } from '../../bench/ledger/ledger.ts';
import { simulate } from '../../simulation/environment.ts';

simulate(process.env);

/** An event cost three write units before attendance was kept: presence, first seen, last seen. */
const UNITS_BEFORE = 3;

describe('the attendance of a crowd', () => {
  it('is complete and exact, and costs at most two write units for each event, fewer than before', async () => {
    const { connecting, leaving, download, usage } = await ledgerBench(40);
    for (const { events, writeUnits } of [connecting, leaving]) {
      expect(events).toBe(40);
      expect(writeUnits / events).toBeLessThanOrEqual(UNITS_BEFORE - 1);
    }
    expect(download).toMatchObject({ pages: 1, records: 40, people: 40, estimated: 0 });
    expect(usage).toMatchObject({ people: 40, joins: 40, peakViewers: 40, epochs: 1, replicas: 1 });
  });
});
