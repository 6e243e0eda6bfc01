import type { Observation } from './answer.ts';
import type { Experiment } from './experiment.ts';
import { onEmulator, type Settings, settingsFor, withoutSlow } from './reference.ts';

/** The result of one experiment. */
export interface Finding {
  id: string;
  asks: string;
  /** `unknown`: it could not be asked, or had no result. */
  verdict: 'same' | 'differs' | 'unknown';
  came?: string;
  words?: string;
  /** The answer of the emulator with its defaults. */
  byDefault?: string;
  /** The settings with which the emulator answers the same; absent if there are none. */
  set?: Settings;
  /** The emulator's answer with the settings of all findings together, if it still differs from the observation. */
  instead?: string;
  /** Why there was no result. */
  why?: string;
}

/** Compares the observation with the emulator, with its defaults and with other settings. */
export async function judge(experiment: Experiment, asked: Observation, known: Settings): Promise<Finding> {
  const { id, asks } = experiment;
  const { came: byDefault } = await onEmulator(experiment);
  const finding = { id, asks, ...asked, byDefault };
  if (asked.came === byDefault) return { ...finding, verdict: 'same' };
  const set = await settingsFor(experiment, asked, known);
  return { ...finding, verdict: 'differs', ...(set && { set }) };
}

/** The settings of all findings together. Of two conflicting findings, the first wins. */
export const together = (findings: Finding[]): Settings =>
  Object.assign({}, ...[...findings].reverse().map(({ set }) => set));

/**
 * Repeats the experiments with all settings together, because one option may stand for different behaviours of AWS. A finding
 * whose setting makes everything slow is not repeated.
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
