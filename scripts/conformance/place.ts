import { ChimeSDKMeetings } from '@aws-sdk/client-chime-sdk-meetings';

/** Where Chime is asked: AWS with a profile, or an emulator on this machine. */
export interface Place {
  region: string;
  profile?: string;
  endpoint?: string;
}

const CALL_MS = 10_000;
/** Fake credentials for an emulator: the machine's own go only to AWS. */
const PLACEHOLDER = { accessKeyId: 'AKIDCONFORMANCE', secretAccessKey: 'none' };

/** The endpoint, given explicitly, so that no environment or profile can redirect it. */
export const endpointOf = ({ region, endpoint }: Place) =>
  endpoint ?? `https://meetings-chime.${region}.amazonaws.com`;

/** A client without retries: it shows each refusal as it came. */
export function clientAt(place: Place): ChimeSDKMeetings {
  return new ChimeSDKMeetings({
    region: place.region,
    endpoint: endpointOf(place),
    maxAttempts: 1,
    requestHandler: { requestTimeout: CALL_MS, connectionTimeout: CALL_MS, throwOnRequestTimeout: true },
    ...(place.profile !== undefined && { profile: place.profile }),
    ...(place.endpoint !== undefined && { credentials: PLACEHOLDER }),
  });
}

/** Another control region, where an ordinary account may create meetings as well. */
export const otherRegion = (region: string) => (region === 'us-east-1' ? 'us-west-2' : 'us-east-1');

/** An account with all but its last four digits masked. */
export function maskedAccount(arn: string): string | undefined {
  const account = /^arn:[^:]+:chime:[^:]*:(\d{12}):/.exec(arn)?.[1];
  return account?.slice(-4).padStart(12, '*');
}
