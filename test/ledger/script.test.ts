import type { ChimeEvent } from '../../lib/contract/chime-event.ts';
import { type Chance, chanceOf } from '../../simulation/chance.ts';
import { someone } from '../support/stage/people.ts';
import { pageIn, useHall } from './support.ts';

const hall = useHall();

/** A time in which a person was truly connected, by Chime's clock. */
interface Truth {
  who: string;
  on: 'stage' | 'audience';
  from: number;
  to: number;
}

type Line = Awaited<ReturnType<typeof hall.line>>;

/** Carries out a scripted event, and writes down what truly happened. `hand`: what becomes of the events that Chime sent meanwhile. */
async function play(chance: Chance, hand: (events: ChimeEvent[], chance: Chance) => ChimeEvent[]) {
  const viewers = ['ann', 'ben', 'cem', 'dee'];
  const { name, host } = await hall.open(...viewers);
  const start = hall.now();
  const truth: Truth[] = [];
  const open = new Map<Line['attendee'], Truth>();
  const some = (most: number) => hall.pass(1000 * (1 + chance.below(most)));
  const joins = (who: string, line: Line, on: Truth['on'] = 'audience') => {
    hall.connect(line);
    open.set(line.attendee, { who, on, from: hall.lastEventAt(), to: Number.POSITIVE_INFINITY });
    some(20);
  };
  const ends = (line: Line) => {
    const one = open.get(line.attendee);
    if (one) truth.push({ ...one, to: hall.lastEventAt() });
    open.delete(line.attendee);
  };
  const departs = (line: Line, how: 'left' | 'dropped') => {
    hall.disconnect(line, how);
    ends(line);
    some(30);
  };
  const tell = () => hall.deliver(hand(hall.takeEvents(), chance));
  const seats = async () =>
    new Map(await Promise.all(viewers.map(async (who) => [who, await hall.line(name, who)] as const)));

  const stage = await hall.line(name, 'the-host');
  joins('the-host', stage, 'stage');
  let lines = await seats();
  for (const [who, line] of lines) joins(who, line);
  const ann = lines.get('ann') as Line;
  const ben = lines.get('ben') as Line;
  departs(ann, 'dropped');
  joins('ann', ann);
  departs(ben, 'left');
  await host.promote('cem');
  const cem = await hall.line(name, 'cem', 'promotion');
  joins('cem', cem, 'stage');
  departs(ann, 'dropped');
  joins('ben', ben);
  joins('ann', ann);
  some(60);
  await host.demote('cem');
  ends(cem); // Chime ends the connection of a deleted attendee
  some(30);
  await tell();

  const primary = hall.chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId === null);
  hall.chime.kill(primary);
  for (const one of open.values()) truth.push({ ...one, to: hall.lastEventAt() });
  open.clear();
  some(10);
  await tell();

  await host.seat();
  const again = await hall.line(name, 'the-host');
  joins('the-host', again, 'stage');
  await someone(name, 'ann').seat({ mediaRegion: 'us-east-1' });
  lines = await seats();
  for (const [who, line] of lines) joins(who, line);
  departs(lines.get('dee') as Line, 'left');
  some(60);
  for (const line of lines.values()) if (open.has(line.attendee)) departs(line, 'left');
  departs(again, 'left');
  await tell();
  const end = hall.now();
  return { name, host, truth, start, end, attendance: pageIn(await host.attendance()).attendance };
}

type Played = Awaited<ReturnType<typeof play>>;

/** In each second of the script: who is connected to which side, in truth and in the ledger. Gives the seconds that differ. */
function compared({ truth, attendance, start, end }: Played) {
  const ledger = attendance.flatMap(({ externalUserId: who, intervals }) =>
    intervals.map(({ on, from, to, estimated = false }) => ({
      ...{ who, on, from: Date.parse(from), to: to === undefined ? end : Date.parse(to), estimated },
    })),
  );
  const sides = [...new Set([...truth, ...ledger].map(({ who, on }) => `${who} ${on}`))];
  const differing = { claimed: 0, missed: 0 };
  let seconds = 0;
  for (let at = start; at < end; at += 1000)
    for (const side of sides) {
      const isIn = ({ who, on, from, to }: Truth) => `${who} ${on}` === side && from <= at && at < to;
      const [really, told] = [truth.some(isIn), ledger.some(isIn)];
      if (really) seconds++;
      if (told && !really) differing.claimed++;
      if (really && !told) differing.missed++;
    }
  return { seconds, ...differing, ledger };
}

/** The events of a phase in any order, some of them twice. */
function shuffledWithRepeats(events: ChimeEvent[], chance: Chance): ChimeEvent[] {
  const all = [...events, ...events.filter(() => chance.happens(0.4))];
  return all
    .map((event) => ({ event, at: chance.next() }))
    .sort((one, other) => one.at - other.at)
    .map(({ event }) => event);
}

describe('the ledger of a scripted event with promotions, drops and an epoch change', () => {
  it('is exact in every second, though the events come twice and in any order', async () => {
    const played = await play(chanceOf(1, 'script'), shuffledWithRepeats);
    const { seconds, claimed, missed, ledger } = compared(played);
    expect(seconds).toBeGreaterThan(500);
    expect({ claimed, missed }).toEqual({ claimed: 0, missed: 0 });
    const times = ({ who, on, from, to }: Truth) => `${who} ${on} ${from}-${to}`;
    expect(ledger.map(times).toSorted()).toEqual(played.truth.map(times).toSorted());
    const ended = ledger.filter(({ estimated }) => estimated).map(({ who }) => who);
    expect(ended.toSorted()).toEqual(['ann', 'ben', 'cem', 'dee', 'the-host']); // by the end of the first epoch
  });

  it.each([1, 2, 3])(
    'differs in few seconds if a third of the events is lost, and claims none outside (%i)',
    async (seed) => {
      const lossy = (events: ChimeEvent[], chance: Chance) =>
        shuffledWithRepeats(events, chance).filter(
          ({ eventType }) => eventType === 'chime:MeetingEnded' || chance.happens(2 / 3),
        );
      const played = await play(chanceOf(seed, 'script'), lossy);
      const { seconds, claimed, missed, ledger } = compared(played);
      expect(claimed + missed).toBeLessThan(seconds * 0.5);
      for (const { who, from, to } of ledger) {
        const theirs = played.truth.filter((one) => one.who === who);
        expect(from).toBeGreaterThanOrEqual(played.start - 60_000);
        expect(to).toBeLessThanOrEqual(Math.max(played.end, ...theirs.map((one) => one.to)));
      }
      expect(ledger.some(({ estimated }) => estimated)).toBe(true);
    },
  );
});
