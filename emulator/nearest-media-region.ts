import { jsonReply, type Reply, type Request } from './messages.ts';
import type { EmulatorOptions } from './options.ts';

/** Whether a page asks for the nearest media region, as it does at https://nearest-media-region.l.chime.aws. */
export const asksNearestMediaRegion = ({ method, path }: Request) =>
  method === 'GET' && path === '/nearest-media-region';

/** Returns the media region of the option, for pages of any origin. */
export const nearestMediaRegion = ({ nearestMediaRegion: region }: EmulatorOptions): Reply =>
  jsonReply(200, { region }, { 'access-control-allow-origin': '*' });
