import * as z from 'zod/mini';
import { querySwitch } from '../ids.ts';
import { capability } from '../media.ts';

export const explainQuery = z.strictObject({
  explain: querySwitch('Also return the recorded placement.'),
});
export const banQuery = z.strictObject({ ban: querySwitch('Also ban the person: refuse every later join.') });

/** Some of the capabilities: those left out stay as they are. */
export const someCapabilities = z
  .strictObject({
    Audio: z.exactOptional(capability),
    Video: z.exactOptional(capability),
    Content: z.exactOptional(capability),
  })
  .check(
    z.refine((some) => Object.keys(some).length > 0, 'must name Audio, Video or Content'),
    z.meta({
      id: 'SomeCapabilities',
      description: 'The capabilities to change. An omitted one keeps its value.',
      example: { Audio: 'Receive' },
    }),
  );

export const capabilitiesBody = z.strictObject({ capabilities: someCapabilities });
