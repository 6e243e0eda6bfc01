import { allocationsOf, changeVideo } from './camera.ts';
import { displaceSessions } from './displace-sessions.ts';
import { type Dismissal, dismiss } from './endings.ts';
import { listenerOf, refreshPicture } from './floor.ts';
import type { Frame, Subscribe } from './frame.ts';
import { type Hub, refresh, refuseVideo, send } from './hub.ts';
import { replay } from './messages/relay.ts';
import { tellRunningTranscription } from './messages/transcripts.ts';
import { appear } from './presence.ts';
import { follow } from './promotion.ts';
import type { Session } from './session.ts';

/** Key frames are requested repeatedly: the first request may come before the client can decode one. */
const ASK_AGAIN_MS = [200, 800, 2000];

const REFUSALS: Record<string, Dismissal> = { full: 'full', ended: 'ended', deleted: 'removed' };

/** Answers a subscription, after earlier ones. The first one connects the client's media. */
export function subscribe(hub: Hub, session: Session, { sub }: Frame): void {
  if (!sub) return;
  session.turn = session.turn
    .then(() => answer(hub, session, sub))
    .catch((error) => hub.log(`signaling: a subscription failed: ${error.stack}`));
}

async function answer(hub: Hub, session: Session, sub: Subscribe): Promise<void> {
  const peer = session.peer ?? (await hub.openPeer(listenerOf(hub, session)));
  if (session.phase === 'over') return peer.close();
  session.peer = peer;
  const isFirst = session.phase !== 'subscribed';
  if (isFirst && !enter(hub, session, sub)) return;
  const { sdp, tracks } = peer.answer(sub.sdpOffer ?? '', sub.receiveStreamIds);
  const isVideoGranted = changeVideo(hub, session, sub);
  const allocations = allocationsOf(session);
  send(hub, session, {
    type: 'SUBSCRIBE_ACK',
    suback: { duplex: sub.duplex ?? 'RX', allocations, sdpAnswer: sdp, tracks },
  });
  if (isFirst) send(hub, session, { type: 'AUDIO_STATUS', audioStatus: { audioStatus: 200 } });
  session.phase = 'subscribed';
  if (!isVideoGranted) refuseVideo(hub, session);
  refresh(hub, session.root.meeting);
  if (isFirst) catchUp(hub, session);
  askForPictures(hub, sub.receiveStreamIds);
}

/** Sends a client that has entered what it missed. */
function catchUp(hub: Hub, session: Session): void {
  replay(hub, session);
  tellRunningTranscription(hub, session);
}

/** Takes the seat from any session with the same token. Returns false if the client was disconnected. */
function enter(hub: Hub, session: Session, { audioMuted }: Subscribe): boolean {
  const refusal = REFUSALS[appear(hub.state, session.root)];
  if (refusal) {
    dismiss(hub, session, refusal);
    return false;
  }
  displaceSessions(hub, session, session.root);
  session.muted = audioMuted ?? false;
  session.audioStreamId = hub.nextStreamId();
  follow(hub, session);
  return true;
}

function askForPictures(hub: Hub, streamIds: number[]): void {
  for (const streamId of streamIds.filter((each) => each !== 0)) {
    for (const delay of ASK_AGAIN_MS) setTimeout(() => refreshPicture(hub, streamId), delay).unref();
  }
}
