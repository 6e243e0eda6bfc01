import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockedPackages, ownPackage } from './lock-file.ts';

/** What functions are made of; a new one is a decision, and is written down here. */
const DIRECT = [
  '@aws-lambda-powertools/batch',
  '@aws-sdk/client-chime-sdk-meetings',
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/lib-dynamodb',
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

describe('what functions depend on', () => {
  it('is these nine, each in one exact version', () => {
    const { dependencies } = ownPackage();
    expect(Object.keys(dependencies)).toEqual(DIRECT);
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('brings along what is named here, and no other', () => {
    const names = required.map(({ name }) => name).filter((name) => !OF_THE_SDK.test(name));
    const named = [...DIRECT, ...BROUGHT].filter((name) => !OF_THE_SDK.test(name));
    expect([...new Set(names)].sort()).toEqual(named.sort());
  });

  it('may be used by anybody for anything: its licences are permissive', () => {
    const others = required.filter(({ license }) => !LICENSES.includes(license));
    expect(others.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
  });

  it('says the same of its licence where it is installed', () => {
    const told = (name: string) =>
      JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')).license;
    for (const { name, license } of required) expect([name, told(name)]).toEqual([name, license]);
  });
});

describe('what the sandbox may have beside', () => {
  it('is as free, but for these', () => {
    const others = used.filter(({ optional, license }) => optional && !LICENSES.includes(license));
    expect(Object.fromEntries(others.map(({ name, license }) => [name, license]))).toEqual(OPTIONAL_LICENSES);
  });
});

describe('what npm ci installs', () => {
  it('is what was locked: each package is known by a hash', () => {
    const unknown = locked.filter(({ integrity }) => !integrity?.startsWith('sha512-'));
    expect(unknown.map(({ name }) => name)).toEqual([]);
  });

  it('runs nothing: each install script is denied by name, and all of them are', () => {
    const scripted = locked.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
    const { allowScripts } = ownPackage();
    expect(Object.keys(allowScripts).sort()).toEqual([...new Set(scripted)].sort());
    expect(Object.values(allowScripts)).not.toContain(true);
    expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
  });
});
