import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Template } from './template.ts';

const run = promisify(execFile);
const SERVERLESS = 'node_modules/serverless/bin/serverless.js';

/** As an operator deploys to production. */
const PARAMETERS = {
  jwtIssuer: 'https://issuer.example',
  corsOrigin: 'https://live.example,https://www.example',
  alarmEmail: 'operators@issuer.example',
  webhookUrls: 'https://receiver.example/hooks',
  webhookSecret: '/aws/reference/secretsmanager/balcony-webhooks',
};

/** Run `serverless package`, and read the template that would be deployed. */
export async function packagedTemplate(parameters: Record<string, string> = PARAMETERS): Promise<Template> {
  mkdirSync('.cache', { recursive: true });
  const directory = mkdtempSync(join('.cache', 'packaged-'));
  const given = Object.entries(parameters).map(([name, value]) => `--param=${name}=${value}`);
  try {
    await run(process.execPath, [SERVERLESS, 'package', '--stage', 'prod', '--package', directory, ...given]);
    return JSON.parse(readFileSync(join(directory, 'cloudformation-template-update-stack.json'), 'utf8'));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
