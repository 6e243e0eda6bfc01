import { type EmulatorOptions, OptionsSchema } from '../../emulator/options.ts';
import { startEmulator } from '../../emulator/server.ts';
import { type Observation, wordsOf } from './answer.ts';
import type { Candidates, Experiment } from './experiment.ts';
import { noJournal } from './journal.ts';
import { startLab } from './lab.ts';
import { clock, pacedBy } from './pace.ts';

export type Settings = Partial<EmulatorOptions>;

const DEFAULTS = OptionsSchema.parse({});
const AMPLE = { ratePerSecond: 10_000, burst: 10_000 };
/** Settings that make everything else slow. Each is determined alone, and omitted in later experiments. */
const SLOW: (keyof EmulatorOptions)[] = ['freshMeetingNotFoundMs', 'createMeetingLatencyMs'];

/** The answer of a separate emulator with these settings to an experiment. */
export async function onEmulator(experiment: Experiment, settings: Settings = {}): Promise<Observation> {
  const emulator = await startEmulator({ ...AMPLE, ...experiment.given, ...settings });
  const lab = startLab({
    place: { region: 'us-east-1', endpoint: emulator.url },
    journal: noJournal,
    pace: pacedBy(Infinity, clock),
    clock,
    runId: 'reference',
    signal: new AbortController().signal,
  });
  try {
    return await experiment.ask(lab);
  } catch (error) {
    return { came: `nothing (${wordsOf(error)})` };
  } finally {
    lab.close();
    await emulator.stop();
  }
}

/**
 * The settings, of those that an experiment determines, with which the emulator gives the same answer, besides the known
 * ones. As few as possible differ. Undefined if there are none.
 */
export async function settingsFor(
  experiment: Experiment,
  { came }: Observation,
  known: Settings,
): Promise<Settings | undefined> {
  for (const settings of combinations(experiment.settles, withoutSlow(known))) {
    const all = { ...withoutSlow(known), ...settings };
    if ((await onEmulator(experiment, all)).came === came) return needed(experiment, came, all);
  }
  return undefined;
}

/** The settings, of those that an experiment determines, without which the answer would differ. */
async function needed(experiment: Experiment, came: string, all: Settings): Promise<Settings> {
  let settings = all;
  for (const key of Object.keys(experiment.settles) as (keyof EmulatorOptions)[]) {
    const without = { ...settings, [key]: DEFAULTS[key] };
    if ((await onEmulator(experiment, without)).came === came) settings = without;
  }
  return pick(settings, (key, value) => key in experiment.settles && value !== DEFAULTS[key]);
}

/** The settings without those that make everything slow. */
export const withoutSlow = (settings: Settings): Settings => pick(settings, (key) => !SLOW.includes(key));

function pick(settings: Settings, keep: (key: keyof EmulatorOptions, value: unknown) => boolean): Settings {
  const kept = Object.entries(settings).filter(([key, value]) => keep(key as keyof EmulatorOptions, value));
  return Object.fromEntries(kept);
}

/** Every combination of the candidates with the known settings, smallest changes first. */
function combinations(candidates: Candidates, known: Settings): Settings[] {
  const base = { ...DEFAULTS, ...known };
  let all: Settings[] = [{}];
  for (const [key, values] of Object.entries(candidates)) {
    const tried = new Set([base[key as keyof EmulatorOptions], ...values]);
    all = all.flatMap((settings) => [...tried].map((value) => ({ ...settings, [key]: value })));
  }
  const changes = (settings: Settings) =>
    Object.keys(pick(settings, (key, value) => value !== base[key])).length;
  return all.sort((one, other) => changes(one) - changes(other));
}
