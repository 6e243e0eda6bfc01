import { parseArgs } from 'node:util';
import { replayDead } from './webhooks-replay/replay.ts';

const USAGE = `npm run webhooks:replay -- --stack-name balcony-prod --region eu-central-1
  --stack-name  the CloudFormation stack: the names of its queues begin with it
  --region      where the stack is deployed (AWS_REGION, or us-east-1)
  --profile     the AWS profile to use`;

/** Parses the command line; an invalid one is an error with a message. */
function readArguments(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  return parseArgs({ args, options: { 'stack-name': text, region: text, profile: text, help: flag } }).values;
}

async function main(): Promise<void> {
  const { 'stack-name': stackName, region, profile, help } = readArguments(process.argv.slice(2));
  if (help) return console.log(USAGE);
  if (!stackName) throw new TypeError('--stack-name: name the CloudFormation stack');
  const { env } = process;
  env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // known: the SDK wants Node 22 from 2027
  if (profile) env.AWS_PROFILE = profile;
  const moved = await replayDead(stackName, region ?? env.AWS_REGION ?? 'us-east-1');
  console.log(moved === 0 ? 'No webhook is dead.' : `${moved} dead webhooks are sent again.`);
}

try {
  await main();
} catch (error) {
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  process.exitCode = 2;
}
