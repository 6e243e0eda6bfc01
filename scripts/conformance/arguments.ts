import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CONTROL_REGIONS, type MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { claimsOf } from './claims.ts';
import type { Place } from './place.ts';
import type { Stack } from './stack/steps.ts';

export const USAGE = `npm run conformance -- --profile <aws profile>
  --profile           whose account is asked; without it, as the environment says
  --region            the control region (us-east-1)
  --endpoint          an emulator on this machine instead of AWS, as in http://127.0.0.1:4560
  --meetings-quota    ask as well whether replicas count among so many meetings at once: it takes them all
  --calls-per-second  how fast AWS is asked, at most 8 (5)
  --stack-url         a deployed stack to walk through; with neither --profile nor --endpoint, that alone
  --stack-origin      the origin of the pages that call it (https://live.example), to see which CORS headers come
  --token-host        a host's token for it, or @ and a file that holds it
  --token-viewer      a viewer's
  --clean             delete the meetings that earlier runs in this directory left, and do nothing else
  --yes               do not ask before meetings are created
  --json              print it for a program
  --help              this text
Exits with 0 where nothing differs, 1 where something does, 2 where something could not be asked, walked or deleted.`;

const text = { type: 'string' } as const;
const no = { type: 'boolean', default: false } as const;
const OPTIONS = {
  ...{ profile: text, region: text, endpoint: text, 'meetings-quota': text, 'calls-per-second': text },
  ...{ 'stack-url': text, 'stack-origin': text, 'token-host': text, 'token-viewer': text },
  ...{ clean: no, yes: no, json: no, help: no },
} as const;

/** The options of the command line. */
export interface Choice {
  /** Where Chime is asked; absent if only a stack is tested. */
  place?: Place;
  stack?: Stack;
  meetingsQuota?: number;
  callsPerSecond: number;
  isCleaning: boolean;
  isConfirmed: boolean;
  asJson: boolean;
}

/** Parses the command line; returns undefined if help is wanted. Throws a TypeError with a message for an invalid one. */
export function readArguments(args: string[]): Choice | undefined {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) return undefined;
  const { profile, clean, yes, json, region = 'us-east-1' } = values;
  if (!CONTROL_REGIONS.some((each) => each === region))
    throw new TypeError(`--region: Chime has no API for meetings in ${region}`);
  const endpoint = values.endpoint === undefined ? undefined : loopback(values.endpoint);
  const place = {
    region,
    ...(profile !== undefined && { profile }),
    ...(endpoint !== undefined && { endpoint }),
  };
  const stack = stackOf(values, region as MediaRegion);
  const isAsked = clean || profile !== undefined || endpoint !== undefined || stack === undefined;
  const most = endpoint === undefined ? 8 : 10_000;
  return {
    ...(isAsked && { place }),
    ...(stack && { stack }),
    ...(values['meetings-quota'] && {
      meetingsQuota: whole('meetings-quota', values['meetings-quota'], 300),
    }),
    callsPerSecond: whole('calls-per-second', values['calls-per-second'] ?? '5', most),
    ...{ isCleaning: clean, isConfirmed: yes || endpoint !== undefined, asJson: json },
  };
}

function whole(name: string, given: string, most: number): number {
  const number = Number(given);
  if (/^[1-9]\d*$/.test(given) && number <= most) return number;
  throw new TypeError(`--${name}: a whole number up to ${most} is wanted, not "${given}"`);
}

const isLoopback = (url: string) =>
  URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

function loopback(url: string): string {
  if (isLoopback(url)) return url.replace(/\/+$/, '');
  throw new TypeError('--endpoint: only an emulator on this machine is asked without an account');
}

type Given = Partial<Record<'stack-url' | 'stack-origin' | 'token-host' | 'token-viewer', string>>;

function stackOf(given: Given, mediaRegion: MediaRegion): Stack | undefined {
  const url = given['stack-url']?.replace(/\/+$/, '');
  if (url === undefined) return undefined;
  if (!isLoopback(url) && !url.startsWith('https://'))
    throw new TypeError('--stack-url: tokens are sent by https only');
  const origin = given['stack-origin'] ?? 'https://live.example';
  return { url, origin, hostToken: token('host', given), viewerToken: token('viewer', given), mediaRegion };
}

/** Reads a token from a file. Other users' process lists would show a token on the command line. */
function token(whose: 'host' | 'viewer', given: Given): string {
  const value = given[`token-${whose}`];
  if (!value) throw new TypeError(`--token-${whose}: --stack-url needs one`);
  const bearer = value.startsWith('@') ? readFileSync(value.slice(1), 'utf8').trim() : value;
  claimsOf(bearer);
  return bearer;
}
