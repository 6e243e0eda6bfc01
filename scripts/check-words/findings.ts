/** A place that does not use the words of the glossary. */
export interface Finding {
  /** From 1. */
  line: number;
  text: string;
  /** What to write instead. */
  use: string;
}

/** The words that this project avoids, and the standard terms for them. */
const WORDS: [word: RegExp, use: string][] = [
  [/\bsweep(s|ing|er)?\b|\bswept\b|\bsweep[A-Z]/i, 'write: reconciler, reconcile'],
  [/\bbox office\b/i, 'write: ticket sales'],
  [/\bstands? for (the|all) others\b|\bstandsFor/i, 'write: elected opener'],
  [/\b[Ss]tands? in line\b|\binLine\b/, 'write: waits for a permit'],
  [/\bpatience\b/i, 'write: maximum wait, maxWaitMs'],
  [/\b(no-turn|takeTurn)\b/, 'write: rate-limited, reservePermit'],
  [/\b(is|un|last)?Troubles?(Of)?\b/, 'write: ChimeFailure'],
  [/\bbirth\b/i, 'write: incarnation'],
  [/\b(sitDown|sits? down|backInSeat|voidSeat)\b/, 'write: assign a seat, resumeSeat, replaceableSeat'],
  [/\b(comeBack|nobodyToWatch|beforeTheShow)\b/, 'write: retryLater, hasNoPresenter, waitForPresenter'],
  [/\b(makeKnown|fenceOff)\b/, 'write: ensureMeeting, markEnded'],
  [/\b(openAnother|growReplica)\b/, 'write: scaleOut, refillSeats'],
  [/\b(isDear|carefully)\b/, 'write: isExpensive, conservativeRegion'],
  [/\btroupe\b/i, 'write: actors'],
  [/\bcrews?\b|\bcrew[A-Z]/i, 'write: load generator'],
  [/\bwitness(es)?\b/i, 'write: history'],
  [/\btroubledAt\b/, 'write: failedAt'],
  [/\bmakeRoom\b/, 'write: raiseReplicaLimit, displaceSessions'],
  [/\b(replicasLeft|nobodys)\b|ticketsOfNobody/, 'write: remainingReplicas, unheldTickets'],
  [/\b(whatIsWrong|aName)\b/, 'write: invariantViolations, uniqueMeetingId'],
  [/\bgo(es)? home\b/i, 'write: stops'],
];

const PRONOUNS = 'Who|Whoever|Whom|Nobody|Somebody|Anybody|Everybody';
/** The start of a comment or of a test title, and of a sentence in prose. */
const LED_BY_PRONOUN = new RegExp(
  [
    `^\\s*(/\\*\\*?|\\*|//|#) (${PRONOUNS})\\b(?!.*\\?)`,
    `\\b(it|describe|test)(\\.each\\(.*\\))?\\(['"\`](${PRONOUNS})\\b`,
  ].join('|'),
  'i',
);
const SENTENCE_IN_PROSE = new RegExp(`(^|[.:;!?] )(${PRONOUNS})\\b[^?]*$`);

/** The places in a text, code or prose, that do not use the project's words. */
export function findingsIn(text: string, isProse: boolean): Finding[] {
  return text.split('\n').flatMap((line, index) => {
    const found = { line: index + 1, text: line.trim() };
    const words = WORDS.filter(([word]) => word.test(line)).map(([, use]) => ({ ...found, use }));
    const isLed = isProse ? SENTENCE_IN_PROSE.test(line) : LED_BY_PRONOUN.test(line);
    return isLed ? [...words, { ...found, use: 'begin the sentence with its actor' }] : words;
  });
}
