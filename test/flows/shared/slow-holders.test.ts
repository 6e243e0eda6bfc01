import { CLOCK_SKEW_MS } from '../../../lib/domain/meeting/clocks.ts';
import { aGate } from '../../support/gate.ts';
import { type PersonOptions, person, uniqueMeetingId } from '../../support/people.ts';
import { namesIn, useWorld } from '../support.ts';

const LEASE_MS = 20_000;
const chime = useWorld();

/** A process that stops at its first pause, as one that waits for a permit does, and has a clock of its own. */
function aSlowProcess(name: string) {
  const gate = aGate();
  const clock: PersonOptions & { later: number } = { role: 'presenter', pause: gate.pause, later: 0 };
  return { gate, clock, joining: person(name, 'ada', clock).join() };
}

const callsBy = () => chime.callsOf('CreateMeetingWithAttendees');

describe('the holder of a lease on the primary, whose process was slow', () => {
  it('sends nothing more once a process whose clock is 5 s ahead may have taken the lease over', async () => {
    const name = uniqueMeetingId();
    const { gate, clock, joining } = aSlowProcess(name);
    await gate.reached;
    const ahead = { role: 'presenter', later: LEASE_MS + 1 } as const;
    await chime.persist(() => person(name, 'bob', ahead).join());
    const before = callsBy();
    clock.later = LEASE_MS - CLOCK_SKEW_MS;
    gate.open();
    await joining;
    expect(callsBy()).toBe(before);
    expect(chime.live(name).map(namesIn)).toEqual([['bob']]);
  });
});
