import { CONTROL_REGIONS } from '../lib/domain/geo/media-regions.ts';
import { readSettings } from '../lib/settings.ts';

/** What of a Serverless service is checked before anything is built. */
export interface Deployment {
  region: string;
  stage: string;
  /** As Lambda will know them. */
  functionNames: string[];
  /** What the functions will find in `process.env`; what only CloudFormation knows is no text. */
  environment: Record<string, unknown>;
  parameters: Record<string, unknown>;
}

/** What is wrong and must be put right, and what may be meant. */
export interface Findings {
  refused: string[];
  doubted: string[];
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const LONGEST_FUNCTION_NAME = 64;
const TOPIC = /^\d{12}:[\w-]+$/; // a FIFO topic ends in .fifo; alarms cannot be sent to one
const KEY = /^\d{12}:key\/[\w-]+$/;
/** `/.well-known/openid-configuration` is appended to it: https://openid.net/specs/openid-connect-discovery-1_0.html */
const ISSUER = /^https:\/\/[\w.-]+(:\d+)?(\/[^\s?#]*)?$/;
const ORIGIN = /^https?:\/\/[\w.-]+(:\d+)?$/;

/** What a stack made with these parameters would fail at, hours or months later, in words for whoever deploys. */
export function checkDeployment(deployment: Deployment): Findings {
  const text = (name: string) => String(deployment.parameters[name] ?? '');
  return {
    refused: [
      ...refusedSettings(deployment),
      ...refusedNames(deployment),
      ...refusedParameters(text),
      ...refusedArns(deployment.region, text),
    ],
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

/** Serverless builds the name of a function from the service, the stage and its own; Lambda bounds it. */
function refusedNames({ functionNames, stage }: Deployment): string[] {
  const longest = functionNames.reduce((one, other) => (other.length > one.length ? other : one), '');
  const excess = longest.length - LONGEST_FUNCTION_NAME;
  if (excess <= 0) return [];
  const most = Math.max(0, stage.length - excess);
  return [
    `stage: ${JSON.stringify(stage)} makes ${longest} longer than 64 characters. Take ${most} at most.`,
  ];
}

/** What alarms and the table name must be where the stack is. */
function refusedArns(region: string, text: (name: string) => string): string[] {
  const partition = region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  const mustBe = (name: string, service: string, rest: RegExp, words: string) => {
    const start = `arn:${partition}:${service}:${region}:`;
    const given = text(name);
    if (given === '' || (given.startsWith(start) && rest.test(given.slice(start.length)))) return [];
    return [`${name}: ${JSON.stringify(given)} is not ${words}: ${start}…`];
  };
  return [
    ...mustBe('alarmTopicArn', 'sns', TOPIC, 'the ARN of a standard topic in the region of the stack'),
    ...mustBe('tableKeyArn', 'kms', KEY, 'the ARN of a key in the region of the stack'),
  ];
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
    ...mustBe('jwtIssuer', ISSUER.test(text('jwtIssuer')), 'an https URL without query and fragment'),
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
