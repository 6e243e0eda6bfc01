import type { CallsLeft } from '../../emulator/state/buckets.ts';
import type { CallCounts } from '../../emulator/state/records.ts';

interface Options {
  replicasPerPrimary: number;
  ratePerSecond: number;
  burst: number;
  fullMediaRegions: string[];
}

interface MeetingFacts {
  meetingId: string;
  status: 'live' | 'ended';
}

export interface PresenceChange {
  meetingId: string;
  attendeeId: string;
  event: 'joined' | 'left';
}

/** The subset of the emulator's out-of-band controls that the load generator uses. */
export type Emulator = ReturnType<typeof emulatorAt>;

/** The controls of the emulator at this address. A declined request is an error with the emulator's message. */
export function emulatorAt(chime: string) {
  const ask = async <Body>(method: string, path: string, body?: object): Promise<Body> => {
    const sent = { method, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`${chime}/_emulator/${path}`, sent);
    const answer = (await response.json()) as Body & { error?: string };
    if (!response.ok) throw new Error(answer.error);
    return answer;
  };
  return {
    options: () => ask<Options>('GET', 'options'),
    change: (options: Partial<Options>) => ask<Options>('PUT', 'options', options),
    quotas: () => ask<CallsLeft[]>('GET', 'quotas'),
    calls: () => ask<CallCounts>('GET', 'calls'),
    presence: (change: PresenceChange) => ask<{ connected: boolean }>('POST', 'presence', change),
    end: (meetingId: string) => ask<MeetingFacts>('POST', `meetings/${meetingId}/end`),
    /** The ids of the meetings that have not ended. */
    live: async () => {
      const meetings = await ask<MeetingFacts[]>('GET', 'meetings');
      return new Set(meetings.filter(({ status }) => status === 'live').map(({ meetingId }) => meetingId));
    },
  };
}
