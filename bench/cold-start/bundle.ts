import { readFileSync } from 'node:fs';
import { type BuildOptions, buildSync } from 'esbuild';
import { parse } from 'yaml';

interface EsbuildSettings extends BuildOptions {
  exclude: string[];
  outputFileExtension: string;
  watch: unknown;
}

interface Service {
  functions: Record<string, { handler: string }>;
  custom: { esbuild: EsbuildSettings };
}

const service: Service = parse(readFileSync('serverless.yml', 'utf8'), { logLevel: 'silent' });

/** The settings of serverless-esbuild in serverless.yml. */
export const settings: EsbuildSettings = service.custom.esbuild;

/** Every function's name, and the entry file of its bundle. */
export function entriesOfFunctions(): [name: string, entry: string][] {
  return Object.entries(service.functions).map(([name, { handler }]) => [
    name,
    `${handler.split('.')[0]}.ts`,
  ]);
}

/** The options that serverless-esbuild passes to esbuild: all settings but the plugin's own. */
export function packagedWith(): BuildOptions {
  const { exclude, outputFileExtension, watch, ...forEsbuild } = settings;
  return { ...forEsbuild, external: exclude };
}

/** A bundle as it is deployed, byte for byte. */
export function bundled(entry: string, options: BuildOptions = packagedWith()): Uint8Array {
  const { outputFiles } = buildSync({ ...options, entryPoints: [entry], write: false });
  if (!outputFiles?.[0]) throw new Error(`esbuild made nothing of ${entry}`);
  return outputFiles[0].contents;
}

/** The source files of each entry's bundle that put code into it. */
export function sourcesIn(entries: readonly string[]): Map<string, string[]> {
  const options = { ...packagedWith(), entryPoints: [...entries], outdir: '.cache/unwritten' };
  const { metafile } = buildSync({ ...options, write: false, metafile: true });
  const bundles = Object.values(metafile.outputs).map(({ entryPoint = '', inputs }) => {
    const sources = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    return [entryPoint, sources.map(([file]) => file)] as const;
  });
  return new Map(bundles);
}
