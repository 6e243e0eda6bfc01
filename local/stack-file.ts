import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Base URLs of everything that runs. */
export interface StackUrls {
  api: string;
  chime: string;
  dynamodb: string;
  issuer: string;
  web: string;
}

/** The file that tells other programs where the local world is. It exists only while that world answers. */
export function writeStackFile(directory: string, urls: StackUrls) {
  mkdirSync(directory, { recursive: true });
  const draft = `${stackFile(directory)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(urls, null, 2)}\n`);
  renameSync(draft, stackFile(directory));
}

/** Remove the file, unless another world has written it since. Synchronous, to be of use at exit. */
export function removeStackFile(directory: string, urls: StackUrls) {
  if (readStackFile(directory)?.api === urls.api) rmSync(stackFile(directory), { force: true });
}

/** Where the local world is, or nothing when none is up. */
export function readStackFile(directory: string): StackUrls | undefined {
  try {
    return JSON.parse(readFileSync(stackFile(directory), 'utf8'));
  } catch {
    return undefined;
  }
}

function stackFile(directory: string) {
  return join(directory, 'stack.json');
}
