import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

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

/** The test browser: CHROMIUM_PATH, or the system's installation. Throws with instructions if there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string {
  const places = env.CHROMIUM_PATH ? [env.CHROMIUM_PATH] : USUAL_PLACES;
  const found = places.find((place) => existsSync(place));
  if (found) return found;
  throw new Error(
    `No Chromium at ${places.join(', ')}. Install it: apt-get install -y chromium; or set CHROMIUM_PATH`,
  );
}

/** A limit for what hangs, also on a loaded machine. */
const START_MS = 180_000;

/** Starts headless Chromium. The caller closes it. */
export const launchChromium = (...moreFlags: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: findChromium(), args: [...FLAGS, ...moreFlags], timeout: START_MS });
