/** The most messages of one request to SQS, and the most bytes, of the 256 KB that SQS allowed before it allowed 1 MiB. */
const MOST_MESSAGES = 10;
const MOST_BYTES = 240_000;

/** Splits texts into the requests that take them, in their order. */
export function requestsOf(texts: readonly string[]): string[][] {
  const requests: string[][] = [];
  let bytes = 0;
  for (const text of texts) {
    const size = Buffer.byteLength(text);
    const last = requests.at(-1);
    if (last && last.length < MOST_MESSAGES && bytes + size <= MOST_BYTES) {
      last.push(text);
      bytes += size;
    } else {
      requests.push([text]);
      bytes = size;
    }
  }
  return requests;
}
