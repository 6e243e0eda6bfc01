import { parseArgs } from 'node:util';
import { forgetOwnAccount, LOCAL_CREDENTIALS, LOCAL_REGION } from '../local/environment.ts';
import { readStackFile } from '../local/stack-file.ts';
import { LOCAL_STACK } from '../local/webhooks/sqs-server.ts';
import { replayDead } from './webhooks-replay/replay.ts';

const USAGE = `npm run webhooks:replay -- --stack-name balcony-prod --region eu-central-1
  --stack-name  the CloudFormation stack: the names of its queues begin with it
  --region      where the stack is deployed (AWS_REGION, or us-east-1)
  --profile     the AWS profile to use
  --local       instead: the stack that npm start runs here`;

/** Parses the command line; an invalid one is an error with a message. */
function readArguments(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = { 'stack-name': text, region: text, profile: text, local: flag, help: flag };
  return parseArgs({ args, options }).values;
}

/** Lets the SQS client use the local stack. Throws if there is none with webhooks. */
function useLocalStack(env: NodeJS.ProcessEnv): { 'stack-name': string; region: string } {
  const sqs = readStackFile(env.LOCAL_DIR ?? '.local')?.sqs;
  if (!sqs) throw new Error('--local: no npm start with webhookUrls runs in this folder');
  const { accessKeyId, secretAccessKey } = LOCAL_CREDENTIALS;
  forgetOwnAccount(env);
  Object.assign(env, {
    AWS_ENDPOINT_URL_SQS: sqs,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  });
  return { 'stack-name': LOCAL_STACK, region: LOCAL_REGION };
}

async function main(): Promise<void> {
  const { env } = process;
  const { local, help, profile, ...given } = readArguments(process.argv.slice(2));
  if (help) return console.log(USAGE);
  const { 'stack-name': stackName, region } = local ? useLocalStack(env) : given;
  if (!stackName) throw new TypeError('--stack-name: name the CloudFormation stack');
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
