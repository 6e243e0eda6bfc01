import { jsonReply, type Reply, type Request } from './messages.ts';
import type { EmulatorOptions } from './options.ts';

/** Whether a page asks what it asks https://nearest-media-region.l.chime.aws elsewhere. */
export const asksNearestMediaRegion = ({ method, path }: Request) =>
  method === 'GET' && path === '/nearest-media-region';

/** Answer with the media region of the option, for pages of any origin. */
export const nearestMediaRegion = ({ nearestMediaRegion: region }: EmulatorOptions): Reply =>
  jsonReply(200, { region }, { 'access-control-allow-origin': '*' });
