import { type EmulatorOptions, OptionsSchema } from '../../emulator/options.ts';
import { experimentsFor } from '../../scripts/conformance/experiments.ts';

/** A few more meetings than any experiment has at once. */
export const QUOTA = 8;
export const DEFAULTS = OptionsSchema.parse({});
export const experiments = experimentsFor({ meetingsQuota: QUOTA });
export const settling = (key: string) => experiments.filter(({ settles }) => key in settles);

/** Each value, but the default, that an experiment may find. */
export const turned = Object.keys(DEFAULTS).flatMap((key) => {
  const tried = settling(key).flatMap(({ settles }) =>
    new Map<string, unknown[]>(Object.entries(settles)).get(key),
  );
  return [...new Set(tried)]
    .filter((value) => value !== DEFAULTS[key as keyof EmulatorOptions])
    .map((value) => [key, value] as const);
});
