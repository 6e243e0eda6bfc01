import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ALL_MEDIA_REGIONS } from '../lib/domain/geo/media-regions.ts';
import type { Order } from './drain/all-meetings.ts';

const USAGE = `npm run drain -- --region eu-central-1 --table balcony-prod-Table-1ABC --evacuate
  --region         the media region where no viewer is placed any more, in every meeting that is open or opens later
  --evacuate       also move the viewers who sit there: the reconciler does that
  --lift           lift what this command set; drains of hosts stay
  --table          the DynamoDB table: the output TableName of the stack (TABLE_NAME)
  --control-region where the stack is deployed (AWS_REGION, or us-east-1)
  --profile        the AWS profile to use`;

/** Parses the command line; an invalid one is an error with a message. */
function readArguments(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    region: text,
    evacuate: flag,
    lift: flag,
    table: text,
    'control-region': text,
    profile: text,
    help: flag,
  };
  return parseArgs({ args, options }).values;
}

function orderOf({ region, evacuate, lift }: ReturnType<typeof readArguments>): Order {
  const mediaRegion = ALL_MEDIA_REGIONS.find((each) => each === region);
  if (!mediaRegion) throw new TypeError(`--region: name one media region, not "${region ?? ''}"`);
  if (evacuate && lift) throw new TypeError('--lift: leave --evacuate out');
  return { mediaRegion, what: lift ? 'lift' : evacuate ? 'evacuate' : 'drain' };
}

function prepare(values: ReturnType<typeof readArguments>): void {
  const { env } = process;
  env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // known: the SDK wants Node 22 from 2027
  if (values.profile) env.AWS_PROFILE = values.profile;
  if (values['control-region']) env.AWS_REGION = values['control-region'];
  env.AWS_REGION ??= 'us-east-1';
  if (values.table) env.TABLE_NAME = values.table;
  if (!env.TABLE_NAME) throw new TypeError('--table: name the DynamoDB table of the stack');
}

async function main(): Promise<void> {
  const values = readArguments(process.argv.slice(2));
  if (values.help) return console.log(USAGE);
  const order = orderOf(values);
  prepare(values);
  const { drainAllMeetings, wordsOf } = await import('./drain/all-meetings.ts');
  console.log(wordsOf(order, await drainAllMeetings(order, { now: Date.now, pause })));
}

try {
  await main();
} catch (error) {
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  process.exitCode = 2;
}
