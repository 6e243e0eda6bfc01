import { ChimeSDKMeetings } from '@aws-sdk/client-chime-sdk-meetings';

/** Where Chime is asked: AWS in the name of a profile, or an emulator on this machine. */
export interface Place {
  region: string;
  profile?: string;
  endpoint?: string;
}

const CALL_MS = 10_000;
/** Whatever the machine's credentials are, they go to AWS alone. */
const NOBODY = { accessKeyId: 'AKIDCONFORMANCE', secretAccessKey: 'none' };

/** The address that is asked. It is spelled out, so that no environment and no profile leads elsewhere. */
export const endpointOf = ({ region, endpoint }: Place) =>
  endpoint ?? `https://meetings-chime.${region}.amazonaws.com`;

/** A client that tries once: a refusal is seen as it came. */
export function clientAt(place: Place): ChimeSDKMeetings {
  return new ChimeSDKMeetings({
    region: place.region,
    endpoint: endpointOf(place),
    maxAttempts: 1,
    requestHandler: { requestTimeout: CALL_MS, connectionTimeout: CALL_MS, throwOnRequestTimeout: true },
    ...(place.profile !== undefined && { profile: place.profile }),
    ...(place.endpoint !== undefined && { credentials: NOBODY }),
  });
}

/** Another control region than this one, where an ordinary account may create meetings as well. */
export const otherRegion = (region: string) => (region === 'us-east-1' ? 'us-west-2' : 'us-east-1');

/** An account as it may be shown: its last four digits. */
export function maskedAccount(arn: string): string | undefined {
  const account = /^arn:[^:]+:chime:[^:]*:(\d{12}):/.exec(arn)?.[1];
  return account?.slice(-4).padStart(12, '*');
}
