import { CONTROL_REGIONS } from '../lib/domain/media-regions.ts';
import { readSettings } from '../lib/settings.ts';

/** What of a Serverless service is checked before anything is built. */
export interface Deployment {
  region: string;
  stage: string;
  /** What the functions will find in `process.env`; what only CloudFormation knows is no text. */
  environment: Record<string, unknown>;
  parameters: Record<string, unknown>;
}

/** What is wrong and must be put right, and what may be meant. */
export interface Findings {
  refused: string[];
  doubted: string[];
}

const ARN_OF_TOPIC = /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w.-]+$/;
const ARN_OF_KEY = /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/;
const ORIGIN = /^https?:\/\/[\w.-]+(:\d+)?$/;

/** What a stack made with these parameters would fail at, hours or months later, in words for whoever deploys. */
export function checkDeployment(deployment: Deployment): Findings {
  const text = (name: string) => String(deployment.parameters[name] ?? '');
  return {
    refused: [...refusedSettings(deployment), ...refusedParameters(text)],
    doubted: doubted(deployment.stage, text),
  };
}

/**
 * The functions read their settings at their first request; here they are read before. EventBridge hands out Chime's
 * events in the control region only, so the region of the stack must be one.
 */
function refusedSettings({ region, environment }: Deployment): string[] {
  const controls = CONTROL_REGIONS.some((each) => each === region);
  if (!controls)
    return [`region: Chime has no API for meetings in ${region}, but in ${CONTROL_REGIONS.join(', ')}.`];
  const texts = Object.entries(environment).filter(([, value]) => typeof value !== 'object');
  const written = texts.map(([name, value]) => [name, String(value)]);
  try {
    readSettings({ AWS_REGION: region, ...Object.fromEntries(written) });
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

function refusedParameters(text: (name: string) => string): string[] {
  const mustBe = (name: string, isRight: boolean, words: string) =>
    isRight ? [] : [`${name}: ${JSON.stringify(text(name))} is not ${words}.`];
  const oneOf = (name: string, ...values: string[]) =>
    mustBe(name, values.includes(text(name)), values.join(' or '));
  const emptyOr = (name: string, pattern: RegExp, words: string) =>
    mustBe(name, text(name) === '' || pattern.test(text(name)), words);
  const origins = text('corsOrigin').split(',');
  return [
    ...mustBe('jwtIssuer', /^https:\/\/\S+$/.test(text('jwtIssuer')), 'an https URL'),
    ...mustBe(
      'corsOrigin',
      isOneStar(origins) || origins.every(isOrigin),
      '* or origins with commas between',
    ),
    ...oneOf('tracing', 'Active', 'PassThrough'),
    ...oneOf('deletionProtection', 'true', 'false'),
    ...oneOf('reserveConcurrency', 'true', 'false'),
    ...oneOf('chimeNotifications', 'off', 'queue'),
    ...emptyOr('alarmEmail', /^\S+@\S+$/, 'an address'),
    ...emptyOr('alarmTopicArn', ARN_OF_TOPIC, 'the ARN of a topic'),
    ...emptyOr('tableKeyArn', ARN_OF_KEY, 'the ARN of a key'),
    ...THROTTLES.flatMap((name) => mustBe(name, /^[1-9]\d{0,5}$/.test(text(name)), 'a number of requests')),
  ];
}

const THROTTLES = ['throttle', 'throttleHost', 'throttleOpen'].flatMap((kind) => [
  `${kind}Rate`,
  `${kind}Burst`,
]);
const isOneStar = (origins: string[]) => origins.length === 1 && origins[0] === '*';
const isOrigin = (origin: string) => ORIGIN.test(origin.trim());

/** A stage for trying things out may do without. */
function doubted(stage: string, text: (name: string) => string): string[] {
  if (stage !== 'prod') return [];
  const isTold = text('alarmEmail') !== '' || text('alarmTopicArn') !== '';
  return [
    ...(isTold ? [] : ['Nobody is told of alarms: give alarmEmail or alarmTopicArn.']),
    ...(text('corsOrigin') === '*' ? ['Pages of every origin may call the API: give corsOrigin.'] : []),
    ...(text('jwtIssuer') === 'https://issuer.invalid' ? ['No issuer of tokens: give jwtIssuer.'] : []),
  ];
}
