import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundled, entriesOfFunctions, settings } from '../../../bench/cold-start/bundle.ts';
import { buildBundles, type EsbuildPlugin } from '../../../local/bundles/build-bundles.ts';

let folder: string;
beforeAll(() => {
  mkdirSync('.cache', { recursive: true });
  folder = mkdtempSync(join('.cache', 'bundles-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the bundles of all functions, built at once', () => {
  it('are those that esbuild builds one by one with the settings of serverless.yml', async () => {
    const few = entriesOfFunctions().filter(([name]) => ['health', 'openapi', 'joinMeeting'].includes(name));
    const plugin: EsbuildPlugin = {
      buildOptions: settings as EsbuildPlugin['buildOptions'],
      buildDirPath: folder,
      functionEntries: few.map(([functionAlias, entry]) => ({ entry, func: {}, functionAlias })),
      buildResults: [],
      prepare: () => {},
    };
    await buildBundles(plugin);
    expect(plugin.buildResults.map(({ functionAlias }) => functionAlias)).toEqual(few.map(([name]) => name));
    for (const [at, { bundlePath }] of plugin.buildResults.entries()) {
      const built = readFileSync(join(folder, bundlePath));
      expect(built.equals(bundled(few[at]?.[1] ?? ''))).toBe(true);
    }
  });
});
