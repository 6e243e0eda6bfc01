import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { checkDeployment, type Deployment } from '../../infra/check-parameters.ts';

const { params } = parse(readFileSync('serverless.yml', 'utf8'), { logLevel: 'silent' });
const told = { alarmEmail: 'operators@issuer.example', corsOrigin: 'https://live.example' };

function deployment({ parameters, ...others }: Partial<Deployment> = {}): Deployment {
  const given = { ...params.default, jwtIssuer: 'https://issuer.example', ...told, ...parameters };
  return { region: 'us-east-1', stage: 'prod', environment: {}, ...others, parameters: given };
}

describe('the parameters of a deployment', () => {
  it('are as good as they are by default, once an issuer, an origin and an address are given', () => {
    expect(checkDeployment(deployment())).toEqual({ refused: [], doubted: [] });
  });

  it.each([
    ['jwtIssuer', 'http://issuer.example'],
    ['corsOrigin', 'https://live.example/'],
    ['corsOrigin', 'https://live.example,*'],
    ['tracing', 'on'],
    ['deletionProtection', 'yes'],
    ['reserveConcurrency', '10'],
    ['chimeNotifications', 'topic'],
    ['alarmEmail', 'operators'],
    ['alarmTopicArn', 'alarms'],
    ['tableKeyArn', 'alias/table'],
    ['throttleRate', '0'],
    ['throttleOpenBurst', 'many'],
  ])('are refused by their name: %s=%s', (name, value) => {
    const { refused } = checkDeployment(deployment({ parameters: { [name]: value } }));
    expect(refused).toEqual([expect.stringContaining(`${name}: "${value}" is not`)]);
  });

  it.each(['eu-west-1', 'sa-east-1', 'ap-east-1'])('cannot put the stack in %s', (region) => {
    const { refused } = checkDeployment(deployment({ region }));
    expect(refused).toEqual([expect.stringContaining(`Chime has no API for meetings in ${region}`)]);
  });

  it('cannot seat people where the control region hosts nothing', () => {
    const environment = { DEFAULT_MEDIA_REGION: 'eu-west-1', TABLE_NAME: { Ref: 'Table' } };
    expect(checkDeployment(deployment({ region: 'af-south-1', environment })).refused).toEqual([
      'DEFAULT_MEDIA_REGION: not eu-west-1; af-south-1 hosts meetings in af-south-1',
    ]);
  });

  it('are doubted in production where they are as for trying things out', () => {
    const parameters = { alarmEmail: '', corsOrigin: '*' };
    expect(checkDeployment(deployment({ parameters })).doubted).toHaveLength(2);
    expect(checkDeployment(deployment({ parameters, stage: 'dev' })).doubted).toEqual([]);
  });

  it('are looked at before anything is built', async () => {
    const serverless = ['node_modules/serverless/bin/serverless.js', 'package', '--region', 'eu-west-1'];
    const failure = await promisify(execFile)(process.execPath, serverless).catch((error) => error);
    expect(failure.code).toBe(1);
    expect(failure.stdout + failure.stderr).toContain('Chime has no API for meetings in eu-west-1');
  });
});
