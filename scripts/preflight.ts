import { parseArgs } from 'node:util';
import { CONTROL_REGIONS, mayHost } from '../lib/domain/geo/media-regions.ts';
import { readAccount } from './preflight/account.ts';
import { captionsReport, readRole } from './preflight/captions.ts';
import { type Audience, sharedOut } from './preflight/load.ts';
import { needsOf } from './preflight/needs.ts';
import { reportOn } from './preflight/report.ts';

const USAGE = `npm run preflight -- --viewers 10000 --regions eu-central-1,us-east-1
  --viewers         how many are expected, shared out evenly over
  --regions         the media regions near them; or their shares, as in eu-central-1:7000,us-east-1:3000
  --within          seconds in which they come (60)
  --high-definition the meeting has FHD video or UHD content: 25 people to a replica instead of 250
  --unannounced     the host opens no seats ahead
  --captions        the media region of the stage, where captions are wanted: checks Transcribe and its role
  --control-region  where the stack is deployed (AWS_REGION, or us-east-1)
  --profile         the AWS profile whose quotas are read; nothing is changed`;

/** Parses the command line; an invalid one is an error with a message. */
function readArguments(args: string[]) {
  const text = { type: 'string' } as const;
  const options = {
    viewers: text,
    regions: text,
    within: { ...text, default: '60' },
    'high-definition': { type: 'boolean', default: false },
    unannounced: { type: 'boolean', default: false },
    captions: text,
    'control-region': { ...text, default: process.env.AWS_REGION ?? 'us-east-1' },
    profile: text,
    help: { type: 'boolean', default: false },
  } as const;
  return parseArgs({ args, options }).values;
}

function audienceOf(values: ReturnType<typeof readArguments>): Audience {
  const viewers = viewersOf(values);
  const controlRegion = values['control-region'];
  if (!CONTROL_REGIONS.some((each) => each === controlRegion))
    throw new TypeError(`--control-region: Chime has no API for meetings in ${controlRegion}`);
  for (const name of Object.keys(viewers))
    if (!mayHost(controlRegion, name))
      throw new TypeError(`--regions: ${controlRegion} hosts nothing in ${name}`);
  return {
    viewers,
    withinSeconds: whole('within', values.within),
    isHighDefinition: values['high-definition'],
    isAnnounced: !values.unannounced,
  };
}

/** The media region of the stage, where captions are wanted. */
function stageOf(values: ReturnType<typeof readArguments>): string | undefined {
  const { captions, 'control-region': controlRegion } = values;
  if (captions !== undefined && !mayHost(controlRegion, captions))
    throw new TypeError(`--captions: ${controlRegion} hosts nothing in ${captions}`);
  return captions;
}

/** The viewers by media region: the named shares, or `--viewers` shared out evenly. */
function viewersOf({ regions = '', viewers }: ReturnType<typeof readArguments>): Record<string, number> {
  const items = regions.split(',').filter(Boolean);
  const parts = items.map((item) => item.split(':'));
  const names = parts.map(([name = '']) => name);
  if (names.length === 0) throw new TypeError('--regions: name at least one media region');
  const twice = names.find((name, n) => names.indexOf(name) !== n);
  if (twice !== undefined) throw new TypeError(`--regions: ${twice} is named twice`);
  if (!regions.includes(':')) return sharedOut(whole('viewers', viewers), names);
  const wrong = items.find((_, n) => parts[n]?.length !== 2);
  if (wrong !== undefined)
    throw new TypeError(`--regions: give each region one share, as in eu-central-1:7000, not "${wrong}"`);
  if (viewers !== undefined) throw new TypeError('--viewers: leave it out, because --regions has the shares');
  return Object.fromEntries(parts.map(([name, share]) => [name, whole('regions', share)]));
}

function whole(name: string, text = ''): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new TypeError(`--${name}: a whole number is wanted, not "${text}"`);
  return Number(text);
}

try {
  const values = readArguments(process.argv.slice(2));
  if (values.help) console.log(USAGE);
  else {
    const audience = audienceOf(values);
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // known: the SDK wants Node 22 from 2027
    if (values.profile) process.env.AWS_PROFILE = values.profile;
    const plan = needsOf(audience);
    const stage = stageOf(values);
    console.log(reportOn(audience, plan, await readAccount(plan.needs, values['control-region'])));
    if (stage) console.log(captionsReport(stage, await readRole(values['control-region'])));
  }
} catch (error) {
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  process.exitCode = 2;
}
