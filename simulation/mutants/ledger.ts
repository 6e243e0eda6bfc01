import type { Mutant } from './mutant.ts';

/** Ways to break what is told of people afterwards: attendance and webhooks. */
export const LEDGER: Mutant[] = [
  {
    name: 'the ledger takes an end that the service noted for one that Chime reported',
    file: 'lib/domain/ledger/intervals.ts',
    from: 'if (!endFollows(facts, n)) close(open, fact, true);',
    to: 'if (!endFollows(facts, n)) close(open, fact, open.isEstimated);',
  },
  {
    name: 'the ledger hears of no drop',
    file: 'lib/domain/ledger/facts.ts',
    from: "  'chime:AttendeeDropped': 'D',\n",
    to: '',
  },
  {
    name: 'a webhook tells only of the fact that came last',
    file: 'lib/domain/webhooks/attendance-events.ts',
    from: '.filter((fact) => !known.has(toText(fact)))',
    to: '.filter((fact) => !known.has(toText(fact)) && !before?.facts.has(toText(fact)))',
  },
  {
    name: 'no webhook tells that a hand went down',
    file: 'lib/domain/webhooks/participant-events.ts',
    from: '  const of = hand ?? old;',
    to: '  const of = hand;',
  },
  {
    name: 'no webhook tells of a demotion',
    file: 'lib/domain/webhooks/participant-events.ts',
    from: '  if (!old || place) return [];',
    to: '  if (old || !place) return [];',
  },
];
