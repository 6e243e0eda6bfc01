import * as z from 'zod';

const MediaCapability = z.enum(['SendReceive', 'Send', 'Receive', 'None']);

/** All three are required when any is given. */
export const Capabilities = z.object({
  Audio: MediaCapability,
  Video: MediaCapability,
  Content: MediaCapability,
});

export type Capabilities = z.infer<typeof Capabilities>;
