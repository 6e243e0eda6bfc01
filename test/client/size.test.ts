import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const MOST_BYTES = 3 * 1024;

/** The client as `npm run build:client` builds it. */
function built() {
  const { outputFiles, metafile } = buildSync({
    entryPoints: ['client/balcony.ts'],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    metafile: true,
  });
  return { bytes: gzipSync(outputFiles[0]?.contents ?? '').length, files: Object.keys(metafile.inputs) };
}

describe('the built client', () => {
  it('is smaller than 3 KB', () => {
    expect(built().bytes).toBeLessThan(MOST_BYTES);
  });

  it('contains no dependency', () => {
    expect(built().files.filter((file) => !file.startsWith('client/'))).toEqual([]);
  });
});
