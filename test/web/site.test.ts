import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Listening } from '../../local/listen.ts';
import { startWeb } from '../../local/web.ts';
import { claimedKb, gzippedKb } from '../support/claimed-size.ts';

/** How far the code may be from the README's round figures. */
const MARGIN = 0.05;

describe('the site that npm run build:web writes', () => {
  const site = mkdtempSync(join(tmpdir(), 'site-'));
  const read = (file: string) => readFileSync(join(site, file), 'utf8');
  beforeAll(() => {
    const config = JSON.stringify({ api: 'https://api.example' });
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build-web.ts', site, config]);
  });
  afterAll(() => rmSync(site, { recursive: true }));

  it('has a page, its style, its code, and a configuration with the address of the API', () => {
    expect(readdirSync(site)).toEqual(
      expect.arrayContaining(['index.html', 'look.css', 'room.css', 'room.js']),
    );
    expect(JSON.parse(read('config.json'))).toEqual({ api: 'https://api.example' });
  });

  it('ships the licence notices of every package in its code', () => {
    const notices = read('third-party-notices.txt');
    for (const text of [
      'amazon-chime-sdk-js 3.32.0 (Apache-2.0)',
      'Copyright Amazon.com, Inc. or its affiliates. All Rights Reserved.',
      'protobufjs 7.6.6 (BSD-3-Clause)',
      'd3-geo 3.1.2 (ISC)',
      'world-atlas 2.0.2 (ISC)',
    ])
      expect(notices).toContain(text);
    expect(notices).not.toContain('playwright');
  });

  it('has relative addresses only, so that it can be deployed below any path', () => {
    const links = [...read('index.html').matchAll(/(?:src|href)="([^"]*)"/g)].map(([, link = '']) => link);
    expect(links.filter((link) => link.startsWith('/') || /^https?:/.test(link))).toEqual([]);
  });

  it('loads the Chime client only when a person joins, and both are as large as web/README.md says', () => {
    const code = read('room.js');
    const [, chunk = ''] = /import\("\.\/(chunks\/session-\w+\.js)"\)/.exec(code) ?? [];
    for (const [file, before] of [
      ['room.js', /Before a join, the room is/],
      [chunk, /the Chime\s+client, which is/],
    ] as const) {
      const claimed = claimedKb('web/README.md', before);
      expect([file, Math.abs(gzippedKb(read(file)) - claimed) <= claimed * MARGIN]).toEqual([file, true]);
    }
  });
});

describe('the site that npm start serves', () => {
  let web: Listening;
  beforeAll(async () => {
    web = await startWeb(0, { api: 'http://localhost:1', issuer: 'http://localhost:2' });
  });
  afterAll(() => web.close());

  it('gives its pages the addresses of the local API and the local issuer', async () => {
    const page = await fetch(web.url);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const config = await fetch(`${web.url}/config.json`);
    expect(await config.json()).toEqual({ api: 'http://localhost:1', issuer: 'http://localhost:2' });
  });

  it.each(['/nothing.html', '/..%2f..%2fpackage.json', '/%2e%2e/package.json', '/%'])(
    'answers 404 for %s',
    async (path) => {
      expect((await fetch(`${web.url}${path}`)).status).toBe(404);
    },
  );
});
