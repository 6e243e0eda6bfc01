import type { Subscribe } from './frame.ts';
import type { Hub } from './hub.ts';
import { idOf } from './identity.ts';
import { stopVideo } from './off-stage.ts';
import { tellVideo } from './presence.ts';
import { onStageAs, type Session } from './session.ts';
import { maySend } from './stage.ts';

const LABEL = 'AmazonChimeExpressVideo';
const USUAL_KBPS = 1400;
const USUAL_FRAMERATE = 15;

/** Starts, keeps or stops the client's video on request. Returns false if the client may not send it. */
export function changeVideo(hub: Hub, session: Session, { duplex, sendStreams }: Subscribe): boolean {
  const asked = duplex === 'RX' ? undefined : sendStreams.find(({ mediaType }) => mediaType === 'VIDEO');
  const identity = onStageAs(session);
  if (!asked || !identity || !maySend(session)) {
    stopVideo(hub, session);
    return asked === undefined;
  }
  if (session.video) return true;
  const streamId = hub.nextStreamId();
  const maxBitrateKbps = asked.maxBitrateKbps || USUAL_KBPS;
  session.video = {
    streamId,
    groupId: streamId,
    attendeeId: idOf(identity),
    externalUserId: identity.attendee.externalUserId,
    mediaType: 'VIDEO',
    framerate: asked.framerate || USUAL_FRAMERATE,
    maxBitrateKbps,
    avgBitrateBps: maxBitrateKbps * 1000,
  };
  tellVideo(hub.state, identity, 'Started');
  return true;
}

/** How the client's streams are assigned. */
export const allocationsOf = ({ video }: Session) =>
  video ? [{ trackLabel: LABEL, streamId: video.streamId, groupId: video.groupId }] : [];
