import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

/**
 * A test microphone and camera, granted without a prompt; autoplay with sound; and ICE on the loopback interface. The last
 * two are for containers: no user namespaces, small /dev/shm.
 */
const FLAGS = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
  '--no-sandbox',
  '--disable-dev-shm-usage',
];

/** Where other browsers are, by the names that Playwright gives to them. */
const CHANNELS = ['chrome', 'chromium', 'msedge'];

/** A limit for what hangs, also on a loaded machine. */
const START_MS = 180_000;

/** The browsers to try, in their order. */
type Candidate = Pick<LaunchOptions, 'executablePath' | 'channel' | 'env'>;

/**
 * Starts headless Chromium. The caller closes it. It is the one at `CHROMIUM_PATH`; else, on Linux x64, the one that ships inside its
 * npm package; else an installed Chrome, Chromium or Edge. Throws with instructions if there is none.
 */
export async function launchChromium(...moreFlags: string[]): Promise<Browser> {
  const candidates = await candidatesIn(process.env);
  const failures: string[] = [];
  for (const candidate of candidates) {
    try {
      return await chromium.launch({ ...candidate, args: [...FLAGS, ...moreFlags], timeout: START_MS });
    } catch (error) {
      failures.push((error as Error).message.split('\n')[0] ?? '');
    }
  }
  throw new Error(`No browser started. Install Chrome, or set CHROMIUM_PATH. ${failures.join(' ')}`);
}

/** The browsers that this environment and platform offer. */
export async function candidatesIn(
  { CHROMIUM_PATH: executablePath }: NodeJS.ProcessEnv,
  platform = `${process.platform}-${process.arch}`,
): Promise<Candidate[]> {
  if (executablePath) return [{ executablePath }];
  if (platform === 'linux-x64') return [await packedChromium()];
  return CHANNELS.map((channel) => ({ channel }));
}

const CACHE = resolve('.cache');
const UNPACK = resolve('scripts/browser/unpack-chromium.mjs');

/** Unpacks the packed Chromium once for each version. It brings the libraries that a bare machine lacks. */
async function packedChromium(): Promise<Candidate> {
  const { version } = JSON.parse(
    readFileSync(resolve('node_modules/@sparticuz/chromium/package.json'), 'utf8'),
  );
  const folder = join(CACHE, `chromium-${version}`);
  if (!existsSync(folder)) await unpackTo(folder);
  const env = {
    ...(process.env as Record<string, string>),
    LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
    FONTCONFIG_PATH: join(folder, 'fonts'),
  };
  return { executablePath: join(folder, 'chromium'), env };
}

/** The package's own configuration looks for its fonts in /tmp only. A page without any font ends the browser. */
const fontsIn = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}</dir><cachedir>${folder}/cache</cachedir></fontconfig>
`;

/** Other processes may unpack at the same time: the first that is done names its folder. */
async function unpackTo(folder: string): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const TMPDIR = mkdtempSync(`${folder}-`);
  await promisify(execFile)(process.execPath, [UNPACK], { env: { ...process.env, TMPDIR } });
  writeFileSync(join(TMPDIR, 'fonts/fonts.conf'), fontsIn(join(folder, 'fonts')));
  try {
    renameSync(TMPDIR, folder);
  } catch (error) {
    rmSync(TMPDIR, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}
