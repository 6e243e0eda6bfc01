import { inOrder, toText } from '../../../lib/domain/ledger/facts.ts';
import { eventsOf } from '../../../lib/domain/webhooks/change.ts';
import fc from '../../support/random/property.ts';
import { factsOf, inAnyOrder, type Stay, stays } from '../ledger/support.ts';
import { NOON_S, recordOf, typesIn } from './images.ts';

const PK = 'ATTENDANCE#all#hands#i1#3';
const START = NOON_S * 1000;
const fact = (connection: string, seconds: number, kind: string) =>
  `${connection}|${(START + seconds * 1000).toString(36)}|${kind}`;
const person = (...facts: string[]) => ({ externalUserId: 'linus', role: 'viewer', facts: new Set(facts) });

const seated = fact('a1.0', 0, 'S');
const authorized = fact('a1.0', 1, 'A');
const joined = fact('a1.0', 2, 'J');
const dropped = fact('a1.0', 30, 'D');
const left = fact('a1.0', 31, 'L');
const deleted = fact('a1.0', 32, 'X');

/** The events as the facts are written one after the other. */
function told(facts: string[]): [type: string, at: string][] {
  return facts.flatMap((_, n) =>
    eventsOf(
      recordOf(PK, n === 0 ? undefined : person(...facts.slice(0, n)), person(...facts.slice(0, n + 1)), n),
    ).map(({ type, occurredAt }): [string, string] => [type, occurredAt]),
  );
}

describe('the events of attendance', () => {
  it('tell that a person joined, where, and in which epoch', () => {
    expect(eventsOf(recordOf(PK, person(seated), person(seated, joined)))).toEqual([
      expect.objectContaining({
        type: 'participant.joined',
        externalMeetingId: 'all#hands',
        occurredAt: new Date(START + 2000).toISOString(),
        data: {
          incarnation: 'i1',
          externalUserId: 'linus',
          role: 'viewer',
          epoch: 1,
          on: 'audience',
          ordinal: 0,
        },
      }),
    ]);
  });

  it('tell that a person left, and why', () => {
    const [event] = eventsOf(recordOf(PK, person(joined), person(joined, dropped)));
    expect(event).toMatchObject({ type: 'participant.left', data: { because: 'dropped' } });
    const stage = eventsOf(
      recordOf(PK, person(fact('s3', 4, 'J')), person(fact('s3', 4, 'J'), fact('s3', 5, 'G'))),
    );
    expect(stage[0]).toMatchObject({ data: { on: 'stage', epoch: 3, because: 'requested' } });
  });

  it('tell no departure by request of a person who never arrived, and then the one that Chime reports', () => {
    expect(told([seated, fact('a1.0', 5, 'G')])).toEqual([]);
    expect(told([seated, fact('a1.0', 5, 'G'), left]).map(([type]) => type)).toEqual(['participant.left']);
    expect(told([joined, fact('a1.0', 30, 'G'), left])).toHaveLength(2);
  });

  it('tell one arrival and one departure once, whatever the number of facts about them', () => {
    expect(told([seated, authorized, joined, dropped, left, deleted]).map(([type]) => type)).toEqual([
      'participant.joined',
      'participant.left',
    ]);
    expect(typesIn(PK, undefined, person(authorized, joined))).toEqual(['participant.joined']);
  });

  it('tell a reconnection, and each connection by itself', () => {
    const back = fact('a1.0', 40, 'J');
    expect(told([joined, dropped, back, fact('a1.0', 50, 'L')]).map(([type]) => type)).toEqual([
      'participant.joined',
      'participant.left',
      'participant.joined',
      'participant.left',
    ]);
    expect(told([joined, fact('s1', 3, 'J')])).toHaveLength(2);
  });

  it('tell a late arrival after its departure, with the time of the arrival', () => {
    expect(told([left, joined])).toEqual([
      ['participant.left', new Date(START + 31_000).toISOString()],
      ['participant.joined', new Date(START + 2000).toISOString()],
    ]);
  });

  it('tell nothing when facts are compacted, or one comes again', () => {
    expect(typesIn(PK, person(joined, left), person(left))).toEqual([]);
    expect(typesIn(PK, person(joined), person(joined))).toEqual([]);
    expect(typesIn(PK, person(joined), { ...person(), facts: undefined })).toEqual([]);
  });

  it('give a fact one id, in whatever record it comes', () => {
    const idIn = (before: object | undefined, n: number) =>
      eventsOf(recordOf(PK, before, person(seated, joined), n)).map(({ id }) => id);
    expect(idIn(undefined, 1)).toEqual(idIn(person(seated), 2));
  });

  it('tell one arrival and one departure of a stay with any further signs of them, in order; in any other order, at least one', () => {
    const extra = fc.subarray([seated, authorized, dropped, deleted]);
    const some = extra.chain((more) => {
      const all = [joined, left, ...more];
      return fc.record({ all: fc.constant(all), any: fc.shuffledSubarray(all, { minLength: all.length }) });
    });
    const typesOf = (facts: string[]) => told(facts).map(([type]) => type);
    fc.assert(
      fc.property(some, ({ all, any }) => {
        const both = ['participant.joined', 'participant.left'];
        expect(typesOf(inOrder(all).map(toText))).toEqual(both);
        expect(typesOf(any)).toEqual(expect.arrayContaining(both));
      }),
    );
  });

  it('tell every arrival and every departure of a person, whatever the order in which their facts come', () => {
    const some = stays.chain((list) =>
      fc.record({ list: fc.constant(list), texts: inAnyOrder(factsOf(list)) }),
    );
    const sorted = (events: [string, string][]) => events.map(([type, at]) => `${at} ${type}`).sort();
    const truth = (list: readonly Stay[]) =>
      sorted(
        list.flatMap(({ from, to }): [string, string][] => [
          ['participant.joined', new Date(from).toISOString()],
          ['participant.left', new Date(to).toISOString()],
        ]),
      );
    fc.assert(
      fc.property(some, ({ list, texts }) => {
        expect(sorted(told(texts))).toEqual(expect.arrayContaining(truth(list)));
        const facts = factsOf(list).sort((one, other) => one.at - other.at);
        expect(sorted(told(facts.map(toText)))).toEqual(truth(list));
      }),
    );
  });

  it('tell a reconnection within a minute though the event about the drop between comes last', () => {
    const back = fact('a1.0', 40, 'J');
    const gone = fact('a1.0', 45, 'L');
    expect(told([joined, back, gone, dropped]).map(([type, at]) => `${type} ${at.slice(17, 19)}`)).toEqual([
      'participant.joined 02',
      'participant.joined 40',
      'participant.left 45',
      'participant.left 30',
    ]);
    expect(
      told([joined, dropped, gone, back])
        .map(([type]) => type.slice(12))
        .sort(),
    ).toEqual([...['joined', 'joined'], ...['left', 'left']]);
  });

  it('tell no departure of a person whose attendee is deleted before it connected', () => {
    expect(told([fact('s1', 0, 'S'), fact('s1', 5, 'X')])).toEqual([]);
    expect(told([deleted, joined]).map(([type]) => type)).toEqual(['participant.joined', 'participant.left']);
  });
});
