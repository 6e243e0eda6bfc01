import * as z from 'zod/mini';
import { ALL_MEDIA_REGIONS } from '../domain/geo/media-regions.ts';
import { capabilityFault, type Fault } from '../domain/meeting/capabilities.ts';

export const mediaRegion = z.enum(ALL_MEDIA_REGIONS).check(
  z.meta({
    id: 'MediaRegion',
    description: "The AWS Region that hosts a meeting's media.",
    example: 'eu-central-1',
  }),
);

export const capability = z.enum(['SendReceive', 'Send', 'Receive', 'None']);

/**
 * What an attendee may send and receive. Receiving content needs receiving video.
 * https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_AttendeeCapabilities.html
 */
export const capabilities = z
  .strictObject({ Audio: capability, Video: capability, Content: capability })
  .check(
    soundBy(capabilityFault),
    z.meta({
      id: 'Capabilities',
      description: 'What an attendee may send and receive. Receiving content needs receiving video.',
      example: { Audio: 'SendReceive', Video: 'SendReceive', Content: 'SendReceive' },
    }),
  );

/** The domain's rule as a check: its fault names the field from the request's top, zod from the value's. */
export function soundBy<Value>(faultOf: (value: Value) => Fault | undefined): z.core.CheckFn<Value> {
  return ({ value, issues }) => {
    const fault = faultOf(value);
    if (!fault) return;
    const path = fault.field.split('.').slice(1);
    issues.push({ code: 'custom', input: value, path, message: fault.detail });
  };
}
