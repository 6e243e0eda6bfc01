/**
 * The parameters of Chime's CreateMeeting that a host may set for one meeting, and a deployment for all. The patterns are those
 * of Chime's service model: https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_CreateMeeting.html
 */
export interface SessionOptions {
  /** Chime's TenantIds: an opaque id for each segment of users, such as an organisation. */
  tenantIds?: readonly string[] | undefined;
  /** Chime's MediaPlacementNetworkType. */
  networkType?: NetworkType | undefined;
  /** Chime's MeetingHostId. */
  meetingHostId?: string | undefined;
}

export type NetworkType = (typeof NETWORK_TYPES)[number];

export const NETWORK_TYPES = ['Ipv4Only', 'DualStack'] as const;

/** 2 to 256 characters, and none of them four times in a row. */
export const TENANT_ID = /^(?!.*(.)\1{3})[-_!@#$a-zA-Z0-9]{2,256}$/;
export const MOST_TENANT_IDS = 5;

/** The pattern of an ExternalUserId. `\s` is spelled out, because Chime's `\s` matches fewer characters than JavaScript's. */
export const MEETING_HOST_ID = /^(?![aA][wW][sS]:)[-_&@+=,(){}[\]/«».:|'"#a-zA-Z0-9À-ÿ \t\n\v\f\r]{2,64}$/;

/** The options of a meeting, with the deployment's for those that it leaves out. */
export function sessionOptions(own: SessionOptions, deployment: SessionOptions): SessionOptions {
  return {
    tenantIds: own.tenantIds ?? deployment.tenantIds,
    networkType: own.networkType ?? deployment.networkType,
    meetingHostId: own.meetingHostId ?? deployment.meetingHostId,
  };
}
