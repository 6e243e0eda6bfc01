import { isNotLetIn, type Observation, wordsOf } from './answer.ts';
import type { Experiment } from './experiment.ts';
import { type Finding, judge, lookAgain, together } from './finding.ts';
import type { Opened } from './journal.ts';
import { type Lab, startLab } from './lab.ts';
import type { LabOptions } from './watch.ts';

export interface Answers {
  /** The masked account that was asked. */
  account: string | undefined;
  findings: Finding[];
  /** Meetings that could not be deleted: they are in the journal. */
  left: Opened[];
}

type Told = (finding: Finding) => void;

/**
 * Runs the experiments one after another. Each one cleans up, also when it fails. None begins after the signal is aborted, or
 * after the caller was denied access.
 */
export async function askChime(
  experiments: Experiment[],
  options: LabOptions,
  tell: Told = () => {},
): Promise<Answers> {
  const lab = startLab(options);
  try {
    const findings = await askAll(experiments, { lab, signal: options.signal, tell });
    const looked = await lookAgain(experiments, findings);
    return { account: lab.account(), findings: looked, left: options.journal.left() };
  } finally {
    lab.close();
  }
}

interface Asking {
  lab: Lab;
  signal: AbortSignal;
  tell: Told;
}

async function askAll(experiments: Experiment[], { lab, signal, tell }: Asking): Promise<Finding[]> {
  const findings: Finding[] = [];
  let hopeless = '';
  for (const experiment of experiments) {
    const why = hopeless || (signal.aborted ? `not begun: ${wordsOf(signal.reason)}` : '');
    const outcome = why ? { why, isNotLetIn: false } : await askOne(experiment, lab);
    if ('why' in outcome && outcome.isNotLetIn) hopeless = 'not begun: the caller was not let in';
    const finding = await toFinding(experiment, outcome, findings);
    findings.push(finding);
    tell(finding);
  }
  return findings;
}

type Outcome = Observation | { why: string; isNotLetIn: boolean };

async function askOne(experiment: Experiment, lab: Lab): Promise<Outcome> {
  try {
    return await experiment.ask(lab);
  } catch (error) {
    return { why: wordsOf(error), isNotLetIn: isNotLetIn(error) };
  } finally {
    await lab.tidy();
  }
}

async function toFinding(experiment: Experiment, outcome: Outcome, before: Finding[]): Promise<Finding> {
  const { id, asks } = experiment;
  if ('why' in outcome) return { id, asks, verdict: 'unknown', why: outcome.why };
  return judge(experiment, outcome, together(before));
}
