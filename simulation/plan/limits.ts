import type { EmulatorOptions } from '../../emulator/options.ts';
import { chimeOperationOf, chimeRefusal } from '../aws/chime.ts';
import type { WireReply, WireRequest } from '../aws/wire.ts';
import type { Chance } from '../chance.ts';

/** What Chime allows at this moment, beside what its options say. */
export interface Limits {
  /** Media regions where Chime refuses to open a meeting, as where an account did not opt in. */
  refusing: Set<string>;
}

export const createLimits = (): Limits => ({ refusing: new Set() });

const MEDIA_REGIONS = ['us-east-1', 'eu-central-1', 'ap-southeast-1'];
const AMPLE = 250;

/** What Chime answers where it opens nothing in a media region; undefined where it does. */
export function refusedRegion({ refusing }: Limits, request: WireRequest): WireReply | undefined {
  if (refusing.size === 0 || !chimeOperationOf(request).startsWith('CreateMeeting')) return undefined;
  const { MediaRegion } = JSON.parse(request.body) as { MediaRegion: string };
  return refusing.has(MediaRegion) ? chimeRefusal(400, 'BadRequestException') : undefined;
}

/** One limit comes, or passes. */
export function changeLimits(limits: Limits, options: EmulatorOptions, chance: Chance): string {
  const what = chance.pick(['meetings', 'full', 'refusing'] as const);
  const mediaRegion = chance.pick(MEDIA_REGIONS);
  const comes = chance.happens(0.5);
  if (what === 'meetings') options.concurrentMeetings = comes ? chance.below(4) : AMPLE;
  if (what === 'full') options.fullMediaRegions = comes ? [mediaRegion] : [];
  if (what === 'refusing') limits.refusing = new Set(comes ? [mediaRegion] : []);
  return `limit ${what} ${comes ? 'comes' : 'passes'} ${mediaRegion}`;
}

/** All limits pass. */
export function liftLimits(limits: Limits, options: EmulatorOptions): void {
  options.concurrentMeetings = AMPLE;
  options.fullMediaRegions = [];
  limits.refusing = new Set();
}
