import { buildSync } from 'esbuild';
import { claimedKb, gzippedKb } from '../support/claimed-size.ts';

/** How far the code may be from a figure with one decimal, in KB. */
const MARGIN_KB = 0.1;

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
  return { kb: gzippedKb(outputFiles[0]?.contents ?? ''), files: Object.keys(metafile.inputs) };
}

describe('the built client', () => {
  it.each([
    ['client/README.md', /no dependency, about/],
    ['README.md', /\[typed client\]\(client\/README\.md\) \(/],
  ])('has the size that %s gives', (page, before) => {
    expect(Math.abs(built().kb - claimedKb(page, before))).toBeLessThanOrEqual(MARGIN_KB);
  });

  it('contains no dependency', () => {
    expect(built().files.filter((file) => !file.startsWith('client/'))).toEqual([]);
  });
});
