import type { EmulatorOptions } from '../../emulator/options.ts';
import { chimeOperationOf, chimeRefusal } from '../aws/chime.ts';
import type { WireReply, WireRequest } from '../aws/wire.ts';
import type { Chance } from '../chance.ts';

/** Chime's limits at this moment, beside its options. */
export interface Limits {
  /** Media regions where Chime rejects every new meeting, as where an account did not opt in. */
  refusing: Set<string>;
}

export const createLimits = (): Limits => ({ refusing: new Set() });

const MEDIA_REGIONS = ['us-east-1', 'eu-central-1', 'ap-southeast-1'];
const AMPLE = 250;

/** Chime's error where it opens no meeting in a media region. Undefined where it opens one. */
export function refusedRegion({ refusing }: Limits, request: WireRequest): WireReply | undefined {
  if (refusing.size === 0 || !chimeOperationOf(request).startsWith('CreateMeeting')) return undefined;
  const { MediaRegion } = JSON.parse(request.body) as { MediaRegion: string };
  return refusing.has(MediaRegion) ? chimeRefusal(400, 'BadRequestException') : undefined;
}

/** Adds or removes one limit. */
export function changeLimits(limits: Limits, options: EmulatorOptions, chance: Chance): string {
  const what = chance.pick(['meetings', 'full', 'refusing'] as const);
  const mediaRegion = chance.pick(MEDIA_REGIONS);
  const comes = chance.happens(0.5);
  if (what === 'meetings') options.concurrentMeetings = comes ? chance.below(4) : AMPLE;
  if (what === 'full') options.fullMediaRegions = comes ? [mediaRegion] : [];
  if (what === 'refusing') limits.refusing = new Set(comes ? [mediaRegion] : []);
  return `limit ${what} ${comes ? 'comes' : 'passes'} ${mediaRegion}`;
}

/** Removes all limits. */
export function liftLimits(limits: Limits, options: EmulatorOptions): void {
  options.concurrentMeetings = AMPLE;
  options.fullMediaRegions = [];
  limits.refusing = new Set();
}

/** Removes the small quotas of single operations. Where every pass restarts the captions of two names, they never suffice. */
export function liftQuotas(options: EmulatorOptions): void {
  options.quotaByOperation = {};
}
