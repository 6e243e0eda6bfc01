import type { Experiment } from './experiment.ts';
import { attendees } from './experiments/attendees.ts';
import { capacity } from './experiments/capacity.ts';
import { constraints } from './experiments/constraints.ts';
import { contradictions } from './experiments/contradictions.ts';
import { crowded } from './experiments/crowded.ts';
import { endings } from './experiments/endings.ts';
import { fresh } from './experiments/fresh.ts';
import { primaries } from './experiments/primaries.ts';
import { tokens } from './experiments/tokens.ts';
import { wire } from './experiments/wire.ts';

/** All experiments, in the order of their dependencies. */
export function experimentsFor({ meetingsQuota }: { meetingsQuota?: number }): Experiment[] {
  return [
    ...fresh,
    ...constraints,
    ...contradictions,
    ...endings,
    ...tokens,
    ...attendees,
    ...capacity,
    ...primaries,
    ...wire,
    ...(meetingsQuota === undefined ? [] : [crowded(meetingsQuota)]),
  ];
}
