import { createServer } from 'node:http';
import { type Listening, listen } from '../../local/listen.ts';
import { nearestMediaRegion } from '../../web/room/nearest-media-region.ts';

let service: Listening | undefined;
afterEach(() => service?.close());

/** A service at this address that answers every request with this region. */
async function answering(region: string): Promise<string> {
  service = await listen(
    createServer((_, outgoing) => void outgoing.end(JSON.stringify({ region }))),
    0,
  );
  return service.url;
}

it.each(['eu-central-1', 'us-gov-west-1'] as const)(
  'takes the media region %s from the configured service',
  async (region) => {
    expect(await nearestMediaRegion(await answering(region))).toBe(region);
  },
);

it('finds no media region where the service names one without Chime, or does not answer', async () => {
  expect(await nearestMediaRegion(await answering('mars-north-1'))).toBeUndefined();
  expect(await nearestMediaRegion('http://127.0.0.1:1')).toBeUndefined();
});
