import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockedPackages, ownPackage } from './lock-file.ts';

/** What functions are made of; a new one is a decision, and is written down here. */
const DIRECT = [
  '@aws-lambda-powertools/batch',
  '@aws-sdk/client-chime-sdk-meetings',
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/client-sqs',
  '@aws-sdk/client-ssm',
  '@aws-sdk/lib-dynamodb',
  '@aws-sdk/util-dynamodb',
  '@middy/core',
  '@middy/http-json-body-parser',
  '@smithy/core',
  'zod',
  'zod-openapi',
];

/** What those bring along: the SDK's own parts, and these. */
const BROUGHT = [
  '@aws-lambda-powertools/commons',
  '@aws/lambda-invoke-store',
  '@middy/util',
  '@standard-schema/spec',
  'bowser',
  'mnemonist',
  'obliterator',
  'tslib',
];
const OF_THE_SDK = /^@(aws-sdk|smithy)\/[a-z0-9-]+$/;

const LICENSES = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'];

/** For the sandbox or the room's page, never in a function. */
const OPTIONAL_LICENSES: Record<string, string> = {
  '@dynoxide/linux-x64': '(MIT OR Apache-2.0)',
  mediabunny: 'MPL-2.0',
  pako: '(MIT AND Zlib)',
  tweetnacl: 'Unlicense',
};

const locked = lockedPackages();
const used = locked.filter((one) => !one.dev && !one.devOptional);
const required = used.filter(({ optional }) => !optional);

describe('the production dependencies', () => {
  it('are these twelve, each in one exact version', () => {
    const { dependencies } = ownPackage();
    expect(Object.keys(dependencies)).toEqual(DIRECT);
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('bring along the packages named here, and no other', () => {
    const names = required.map(({ name }) => name).filter((name) => !OF_THE_SDK.test(name));
    const named = [...DIRECT, ...BROUGHT].filter((name) => !OF_THE_SDK.test(name));
    expect([...new Set(names)].sort()).toEqual(named.sort());
  });

  it('have permissive licences only', () => {
    const others = required.filter(({ license }) => !LICENSES.includes(license));
    expect(others.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
  });

  it('have the same licence in their installed files', () => {
    const told = (name: string) =>
      JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')).license;
    for (const { name, license } of required) expect([name, told(name)]).toEqual([name, license]);
  });
});

describe('the optional dependencies of the sandbox', () => {
  it('have permissive licences, with these exceptions', () => {
    const optional = locked.filter((one) => !one.dev && (one.optional || one.devOptional));
    const others = optional.filter(({ license }) => !LICENSES.includes(license));
    expect(Object.fromEntries(others.map(({ name, license }) => [name, license]))).toEqual(OPTIONAL_LICENSES);
  });
});

describe('npm ci', () => {
  it('installs only locked packages, each known by a hash', () => {
    const unknown = locked.filter(({ integrity }) => !integrity?.startsWith('sha512-'));
    expect(unknown.map(({ name }) => name)).toEqual([]);
  });

  it('runs no install script: each one is denied by name', () => {
    const scripted = locked.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
    const { allowScripts } = ownPackage();
    expect(Object.keys(allowScripts).sort()).toEqual([...new Set(scripted)].sort());
    expect(Object.values(allowScripts)).not.toContain(true);
    expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
  });
});
