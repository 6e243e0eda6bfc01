import { CONTROL_REGIONS } from '../lib/domain/geo/media-regions.ts';
import { readSettings } from '../lib/settings.ts';
import { refusedWebhooks } from './check-webhooks.ts';

/** The parts of a Serverless service that are checked before packaging. */
export interface Deployment {
  region: string;
  stage: string;
  /** The names in Lambda. */
  functionNames: string[];
  /** The functions' `process.env`; values that only CloudFormation knows are not text. */
  environment: Record<string, unknown>;
  parameters: Record<string, unknown>;
}

/** Errors, which must be fixed, and warnings, which may be intended. */
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

/** Finds what would make a stack with these parameters fail hours or months later, with messages for the operator. */
export function checkDeployment(deployment: Deployment): Findings {
  const text = (name: string) => String(deployment.parameters[name] ?? '');
  return {
    refused: [
      ...refusedSettings(deployment),
      ...refusedNames(deployment),
      ...refusedParameters(text),
      ...refusedArns(deployment.region, text),
      ...refusedWebhooks(text),
    ],
    doubted: doubted(deployment.stage, text),
  };
}

/**
 * Validates the settings, which the functions would otherwise read only at their first request. EventBridge delivers Chime's
 * events only in the control region, so the stack's region must be one.
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

/** Validates function names. Serverless builds them from service, stage and function; Lambda limits their length. */
function refusedNames({ functionNames, stage }: Deployment): string[] {
  const longest = functionNames.reduce((one, other) => (other.length > one.length ? other : one), '');
  const excess = longest.length - LONGEST_FUNCTION_NAME;
  if (excess <= 0) return [];
  const most = Math.max(0, stage.length - excess);
  return [
    `stage: ${JSON.stringify(stage)} makes ${longest} longer than 64 characters. Take ${most} at most.`,
  ];
}

/** Validates the ARNs that alarms and the table use: they must be in the stack's region. */
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
      '* or origins separated by commas',
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

/** Warnings. A test stage may do without these parameters. */
function doubted(stage: string, text: (name: string) => string): string[] {
  if (stage !== 'prod') return [];
  const isTold = text('alarmEmail') !== '' || text('alarmTopicArn') !== '';
  return [
    ...(isTold ? [] : ['Alarms have no target: give alarmEmail or alarmTopicArn.']),
    ...(text('corsOrigin') === '*' ? ['Pages of every origin may call the API: give corsOrigin.'] : []),
    ...(text('jwtIssuer') === 'https://issuer.invalid' ? ['No issuer of tokens: give jwtIssuer.'] : []),
  ];
}
