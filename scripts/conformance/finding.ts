import type { Observation } from './answer.ts';
import type { Experiment } from './experiment.ts';
import { onEmulator, type Settings, settingsFor, withoutSlow } from './reference.ts';

/** What one experiment found. */
export interface Finding {
  id: string;
  asks: string;
  /** `unknown`: it could not be asked, or learnt nothing. */
  verdict: 'same' | 'differs' | 'unknown';
  came?: string;
  words?: string;
  /** What the emulator answers, as it is by default. */
  byDefault?: string;
  /** How to set the emulator so that it answers the same, where it does not; nothing, where it cannot. */
  set?: Settings;
  /** Set as all findings together say, the emulator still answers this instead. */
  instead?: string;
  /** Why nothing was learnt. */
  why?: string;
}

/** Compare what came back with the emulator, as it is by default and as it could be set. */
export async function judge(experiment: Experiment, asked: Observation, known: Settings): Promise<Finding> {
  const { id, asks } = experiment;
  const { came: byDefault } = await onEmulator(experiment);
  const finding = { id, asks, ...asked, byDefault };
  if (asked.came === byDefault) return { ...finding, verdict: 'same' };
  const set = await settingsFor(experiment, asked, known);
  return { ...finding, verdict: 'differs', ...(set && { set }) };
}

/** All settings that were found, together. Where two findings contradict each other, the first stands. */
export const together = (findings: Finding[]): Settings =>
  Object.assign({}, ...[...findings].reverse().map(({ set }) => set));

/**
 * Look once more, with all settings together: one switch may be one thing to AWS here, and another there. A finding that
 * needs a setting by itself which makes everything slow is taken at its word.
 */
export async function lookAgain(experiments: Experiment[], findings: Finding[]): Promise<Finding[]> {
  const settings = withoutSlow(together(findings));
  if (Object.keys(settings).length === 0) return findings;
  const again: Finding[] = [];
  for (const finding of findings) {
    const experiment = experiments.find(({ id }) => id === finding.id);
    const isBound = finding.verdict === 'same' || isSetWithin(finding.set, settings);
    const answer = experiment && isBound ? await onEmulator(experiment, settings) : undefined;
    const differs = answer !== undefined && answer.came !== finding.came;
    again.push(differs ? { ...finding, instead: answer.came } : finding);
  }
  return again;
}

const isSetWithin = (set: Settings | undefined, settings: Settings) =>
  set !== undefined && Object.keys(set).every((key) => key in settings);
