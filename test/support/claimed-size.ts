import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** The kilobytes that a page of this repository claims, where `before` leads to the figure. */
export function claimedKb(page: string, before: RegExp): number {
  const figure = new RegExp(`${before.source}\\s*([\\d.]+) KB`).exec(readFileSync(page, 'utf8'))?.[1];
  if (!figure) throw new Error(`${page} has no size after ${before}`);
  return Number(figure);
}

/** The size of some code as it is sent, in kilobytes of 1000 bytes. */
export const gzippedKb = (code: string | Uint8Array) => gzipSync(code).length / 1000;
