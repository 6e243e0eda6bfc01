import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { transcriptionRegion } from '../../emulator/state/transcription/region.ts';
import { ALL_MEDIA_REGIONS } from '../../lib/domain/geo/media-regions.ts';
import { captionsReport, readRole, regionByAuto } from '../../scripts/preflight/captions.ts';

const XMLNS = 'xmlns="https://iam.amazonaws.com/doc/2010-05-08/"';
const ROLE = `<GetRoleResponse ${XMLNS}><GetRoleResult><Role><Path>/aws-service-role/transcription.chime.amazonaws.com/</Path>
  <RoleName>AWSServiceRoleForAmazonChimeTranscription</RoleName><RoleId>AROA</RoleId><Arn>arn:aws:iam::111122223333:role/x</Arn>
  <CreateDate>2026-01-01T00:00:00Z</CreateDate></Role></GetRoleResult></GetRoleResponse>`;
const refusal = (code: string) =>
  `<ErrorResponse ${XMLNS}><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;

/** IAM as the SDK speaks to it: a form in, XML out. */
let reply: { status: number; body: string };
let asked: string[];
let server: Server;
const kept = { ...process.env };

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      asked.push(text);
      response.writeHead(reply.status, { 'content-type': 'text/xml' }).end(reply.body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'dummy',
    AWS_SECRET_ACCESS_KEY: 'dummy',
    AWS_ENDPOINT_URL_IAM: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
});
afterEach(async () => {
  process.env = { ...kept };
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

describe('the service-linked role of captions', () => {
  it('is looked up by its name', async () => {
    reply = { status: 200, body: ROLE };
    expect(await readRole('eu-central-1')).toBe('exists');
    expect(new URLSearchParams(asked[0]).get('RoleName')).toBe('AWSServiceRoleForAmazonChimeTranscription');
  });

  it('is reported as missing, with the command that creates it', async () => {
    reply = { status: 404, body: refusal('NoSuchEntity') };
    expect(await readRole('eu-central-1')).toBe('missing');
    expect(captionsReport('eu-central-1', 'missing')).toContain(
      'To do: the service-linked role AWSServiceRoleForAmazonChimeTranscription is missing. aws iam create-service-linked-role',
    );
  });

  it('is not guessed where it may not be read', async () => {
    reply = { status: 403, body: refusal('AccessDenied') };
    const role = await readRole('eu-central-1');
    expect(role).toEqual({ unread: expect.stringContaining('no') });
    expect(captionsReport('eu-central-1', role)).toContain('The role was not read');
  });
});

describe('the region of captions', () => {
  it.each(ALL_MEDIA_REGIONS)(
    'of a stage in %s is the one that the emulator takes, or is reported as unknown',
    (region) => {
      const auto = { EngineTranscribeSettings: { LanguageCode: 'en-US', Region: 'auto' } } as const;
      const isUnknown = region === 'il-central-1' || region === 'us-gov-east-1';
      expect(regionByAuto(region)).toBe(isUnknown ? undefined : transcriptionRegion(auto, region));
      expect(captionsReport(region, 'exists')).toContain(
        isUnknown ? 'no Transcribe near' : 'Transcribe runs in',
      );
    },
  );
});

describe('npm run preflight -- --captions', () => {
  const { PATH } = process.env;
  const preflight = (...args: string[]) =>
    promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'scripts/preflight.ts', '--viewers', '10', '--regions', 'us-east-1', ...args],
      { env: { PATH, AWS_CONFIG_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true' } },
    );

  it('adds what captions need to the report', async () => {
    const { stdout } = await preflight('--captions', 'ap-south-1');
    expect(stdout).toContain('Transcribe runs in eu-west-2');
    expect(stdout).toContain('The role was not read');
  });

  it('refuses a media region that the control region does not reach', async () => {
    const failure = await preflight('--captions', 'moon-1').catch((error) => error);
    expect([failure.code, failure.stderr]).toEqual([
      2,
      expect.stringContaining('--captions: us-east-1 hosts nothing in moon-1'),
    ]);
  });
});
