import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { checkDeployment, type Deployment } from '../../infra/check-parameters.ts';

const { params } = parse(readFileSync('serverless.yml', 'utf8'), { logLevel: 'silent' });
const told = { alarmEmail: 'operators@issuer.example', corsOrigin: 'https://live.example' };

function deployment({ parameters, ...others }: Partial<Deployment> = {}): Deployment {
  const given = { ...params.default, jwtIssuer: 'https://issuer.example', ...told, ...parameters };
  const functionNames = ['balcony-prod-provisionSeats'];
  return { region: 'us-east-1', stage: 'prod', functionNames, environment: {}, ...others, parameters: given };
}

describe('the parameters of a deployment', () => {
  it('are valid by default, once an issuer, an origin and an address are given', () => {
    expect(checkDeployment(deployment())).toEqual({ refused: [], doubted: [] });
  });

  it.each([
    ['jwtIssuer', 'http://issuer.example'],
    ['jwtIssuer', 'https://issuer.example/?tenant=1'],
    ['jwtIssuer', 'https://issuer.example/#tenant'],
    ['jwtIssuer', 'https://user@issuer.example'],
    ['corsOrigin', 'https://live.example/'],
    ['corsOrigin', 'https://live.example,*'],
    ['tracing', 'on'],
    ['deletionProtection', 'yes'],
    ['reserveConcurrency', '10'],
    ['chimeNotifications', 'topic'],
    ['alarmEmail', 'operators'],
    ['alarmTopicArn', 'alarms'],
    ['alarmTopicArn', 'arn:aws:sns:eu-central-1:111122223333:alarms'],
    ['alarmTopicArn', 'arn:aws-us-gov:sns:us-east-1:111122223333:alarms'],
    ['alarmTopicArn', 'arn:aws:sns:us-east-1:111122223333:alarms.fifo'],
    ['alarmTopicArn', 'arn:aws:sqs:us-east-1:111122223333:alarms'],
    ['tableKeyArn', 'alias/table'],
    ['tableKeyArn', 'arn:aws:kms:us-west-2:111122223333:key/mrk-1'],
    ['tableKeyArn', 'arn:aws:kms:us-east-1:111122223333:alias/table'],
    ['throttleRate', '0'],
    ['throttleOpenBurst', 'many'],
  ])('are refused by name: %s=%s', (name, value) => {
    const { refused } = checkDeployment(deployment({ parameters: { [name]: value } }));
    expect(refused).toEqual([expect.stringContaining(`${name}: "${value}" is not`)]);
  });

  it.each([
    [{ webhookUrls: 'http://receiver.example/' }, 'webhookUrls: an address must begin with https://.'],
    [{ webhookUrls: 'https://10.0.0.1/' }, 'webhookUrls: an address is not on the public Internet.'],
    [{ webhookUrls: 'http://127.0.0.1:9000/' }, 'webhookUrls: an address must begin with https://.'],
    [
      { webhookUrls: 'https://a.example/,https://b.local/' },
      'webhookUrls: an address is not on the public Internet.',
    ],
    [{ webhookUrls: Array(6).fill('https://a.example/').join() }, 'webhookUrls: 5 are the most.'],
    [
      { webhookSecret: `whsec_${'A'.repeat(32)}` },
      'webhookSecret: it is a key, not the name of the parameter that holds it.',
    ],
    [
      { webhookSecret: 'webhooks' },
      'webhookSecret: it is not the name of a parameter, such as /balcony/webhooks.',
    ],
    [{ webhookSecret: '' }, 'webhookSecret: name the parameter that holds the signing keys.'],
    [{ webhookEvents: 'meeting.live,meeting.begun' }, 'webhookEvents: "meeting.begun" is no type of event.'],
  ])('about webhooks are refused in words: %j', (parameters, words) => {
    const valid = { webhookUrls: 'https://receiver.example/', webhookSecret: '/balcony/webhooks' };
    expect(checkDeployment(deployment({ parameters: valid })).refused).toEqual([]);
    const given = { ...valid, ...parameters };
    expect(checkDeployment(deployment({ parameters: given })).refused).toEqual([words]);
  });

  it('accept a topic and a key of the stack’s own region and partition', () => {
    const arnsOf = (partition: string, region: string) => ({
      alarmTopicArn: `arn:${partition}:sns:${region}:111122223333:alarms`,
      tableKeyArn: `arn:${partition}:kms:${region}:111122223333:key/0a1b-2c`,
    });
    for (const [partition, region] of [
      ['aws', 'us-east-1'],
      ['aws-us-gov', 'us-gov-west-1'],
    ] as const)
      expect(checkDeployment(deployment({ region, parameters: arnsOf(partition, region) })).refused).toEqual(
        [],
      );
  });

  it('refuse a stage that makes a function name longer than Lambda allows', () => {
    const stage = 's'.repeat(43);
    const named = (name: string) => [`balcony-${stage}-health`, `balcony-${stage}-${name}`];
    const refused = (name: string) =>
      checkDeployment(deployment({ stage, functionNames: named(name) })).refused;
    expect(refused('f'.repeat(12))).toEqual([]);
    expect(refused('f'.repeat(14))).toEqual([expect.stringMatching(/^stage: .* Take 41 at most\.$/)]);
  });

  it.each(['eu-west-1', 'sa-east-1', 'ap-east-1'])('refuse the region %s for the stack', (region) => {
    const { refused } = checkDeployment(deployment({ region }));
    expect(refused).toEqual([expect.stringContaining(`Chime has no API for meetings in ${region}`)]);
  });

  it('refuse media regions that the control region cannot host', () => {
    const environment = { DEFAULT_MEDIA_REGION: 'eu-west-1', TABLE_NAME: { Ref: 'Table' } };
    expect(checkDeployment(deployment({ region: 'af-south-1', environment })).refused).toEqual([
      'DEFAULT_MEDIA_REGION: not eu-west-1; af-south-1 hosts meetings in af-south-1',
    ]);
  });

  it('cause a warning in production where they are fit only for trials', () => {
    const parameters = { alarmEmail: '', corsOrigin: '*' };
    expect(checkDeployment(deployment({ parameters })).doubted).toHaveLength(2);
    expect(checkDeployment(deployment({ parameters, stage: 'dev' })).doubted).toEqual([]);
  });

  it('are validated before anything is built', async () => {
    const serverless = ['node_modules/serverless/bin/serverless.js', 'package', '--region', 'eu-west-1'];
    const failure = await promisify(execFile)(process.execPath, serverless).catch((error) => error);
    expect(failure.code).toBe(1);
    expect(failure.stdout + failure.stderr).toContain('Chime has no API for meetings in eu-west-1');
  });
});
