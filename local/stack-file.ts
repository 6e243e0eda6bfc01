import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The base URLs of all running parts. */
export interface StackUrls {
  api: string;
  chime: string;
  dynamodb: string;
  issuer: string;
  web: string;
  /** The queue of webhooks; absent without `webhookUrls`. */
  sqs?: string;
}

/** Writes the file that tells other programs where the local stack is. It exists only while the stack is up. */
export function writeStackFile(directory: string, urls: StackUrls) {
  mkdirSync(directory, { recursive: true });
  const draft = `${stackFile(directory)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(urls, null, 2)}\n`);
  renameSync(draft, stackFile(directory));
}

/** Removes the file, unless another stack has written it since. Synchronous, for use at exit. */
export function removeStackFile(directory: string, urls: StackUrls) {
  if (readStackFile(directory)?.api === urls.api) rmSync(stackFile(directory), { force: true });
}

/** Reads where the local stack is; undefined if none is up. */
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
