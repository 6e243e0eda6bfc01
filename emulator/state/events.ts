import { send } from './delivery.ts';
import type { Meeting } from './meetings/meeting.ts';
import { guid } from './random.ts';
import type { ChimeState } from './state.ts';

/** Records an event of a meeting at an instant, sends it, and notifies the watchers. */
export function emit(
  state: ChimeState,
  meeting: Meeting,
  happening: { eventType: string; at: number; more?: Record<string, unknown> },
): void {
  const { eventType, at, more } = happening;
  const logged = state.events.append({
    version: '0',
    id: guid(state.hex),
    'detail-type': 'Chime Meeting State Change',
    source: 'aws.chime',
    account: meeting.scope.accountId,
    time: new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region: meeting.scope.controlRegion,
    resources: [],
    detail: {
      version: '0',
      eventType: `chime:${eventType}`,
      timestamp: at,
      meetingId: meeting.meetingId,
      externalMeetingId: meeting.externalMeetingId,
      mediaRegion: meeting.mediaRegion,
      ...more,
    },
  });
  send(state, meeting, logged);
  for (const look of state.watchers) look();
}
