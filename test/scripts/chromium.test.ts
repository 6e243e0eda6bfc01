import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { candidatesIn, launchChromium } from '../../scripts/browser/chromium.ts';

describe('the browser of the tests', () => {
  it('is the one at CHROMIUM_PATH, on each platform', async () => {
    for (const platform of ['linux-x64', 'darwin-arm64'])
      expect(await candidatesIn({ CHROMIUM_PATH: '/opt/chromium' }, platform)).toEqual([
        { executablePath: '/opt/chromium' },
      ]);
  });

  it('is an installed Chrome, Chromium or Edge where none is packed for the platform', async () => {
    expect(await candidatesIn({}, 'darwin-arm64')).toEqual([
      { channel: 'chrome' },
      { channel: 'chromium' },
      { channel: 'msedge' },
    ]);
  });
});

/** Declares tests of what exists on this platform only. */
const onLinuxX64 = (facts: () => void) => process.platform === 'linux' && process.arch === 'x64' && facts();

onLinuxX64(() =>
  describe('the Chromium that ships inside its npm package', () => {
    it('starts from the cache of the clone, and finds its libraries there, not on the machine', async () => {
      const [packed] = await candidatesIn({}, 'linux-x64');
      const folder = resolve('.cache');
      expect(packed?.executablePath?.startsWith(folder)).toBe(true);
      const needed = execFileSync('ldd', [packed?.executablePath ?? ''], {
        env: packed?.env as NodeJS.ProcessEnv,
      });
      const nss = /libnss3\.so => (\S+)/.exec(needed.toString())?.[1];
      expect(nss?.startsWith(folder)).toBe(true);
      expect(needed.toString()).not.toContain('not found');
    });

    it('is the one that the tests of the pages start, and has fonts', async () => {
      const browser = await launchChromium();
      expect(browser.version()).toMatch(/^153\./);
      const page = await browser.newPage();
      await page.setContent('<button>Join</button>');
      expect((await page.locator('button').boundingBox())?.width).toBeGreaterThan(10);
      await browser.close();
    });
  }),
);
