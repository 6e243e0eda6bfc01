import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { externalMeetingId } from '../../lib/contract/ids.ts';
import { mediaRegion } from '../../lib/contract/media.ts';
import { type Answer, parseJson, readBody } from '../json-http.ts';
import type { Endpoints } from './ask.ts';
import { AUDIENCE_NAMES } from './audiences.ts';
import { emulatorAt } from './emulator.ts';
import { createLoadGenerator, type LoadGenerator } from './load-generator.ts';
import { fillRegion, slowDown, watchChime } from './watch-chime.ts';

const About = z.strictObject({ externalMeetingId });
const Audience = About.extend({
  viewers: z.int().min(0).max(10_000),
  audience: z.enum(AUDIENCE_NAMES).default('world'),
});
const OnStage = About.extend({ on: z.boolean().default(true) });
const Switch = z.strictObject({ on: z.boolean() });
const Region = Switch.extend({ mediaRegion });
const Drain = About.extend({ mediaRegion, what: z.enum(['drain', 'evacuate', 'lift']) });

/** The load generator's routes, under /load-generator/, for the pages of the local web server, and for `curl`. */
export type LoadGeneratorRoutes = ReturnType<typeof loadGeneratorRoutes>;

/** Routes that control the simulated participants of every meeting. */
export function loadGeneratorRoutes(endpoints: Endpoints) {
  const generators = new Map<string, LoadGenerator>();
  const emulator = emulatorAt(endpoints.chime);
  const chimeReport = watchChime(emulator);
  const generatorOf = (name: string) => {
    const generator = generators.get(name) ?? createLoadGenerator(name, { ...endpoints, chimeReport });
    generators.set(name, generator);
    return generator;
  };
  const routes: Record<string, (asked: unknown) => Promise<unknown>> = {
    'GET state': async (asked) => generatorOf(About.parse(asked).externalMeetingId).report(),
    'POST audience': async (asked) => {
      const { externalMeetingId: name, viewers, audience } = Audience.parse(asked);
      await generatorOf(name).audience({ name: audience, viewers });
      return generatorOf(name).report();
    },
    'POST presenter': async (asked) => {
      const { externalMeetingId: name, on } = OnStage.parse(asked);
      await generatorOf(name).presenter(on);
      return generatorOf(name).report();
    },
    'POST primary-dies': async (asked) => ({
      primary: await generatorOf(About.parse(asked).externalMeetingId).primaryDies(),
    }),
    'POST drain': async (asked) => {
      const { externalMeetingId: name, mediaRegion, what } = Drain.parse(asked);
      await generatorOf(name).drain(mediaRegion, what);
      return generatorOf(name).report();
    },
    'POST throttle-chime': async (asked) => {
      await slowDown(emulator, Switch.parse(asked).on);
      return chimeReport(Date.now());
    },
    'POST region-full': async (asked) => {
      const { mediaRegion: full, on } = Region.parse(asked);
      await fillRegion(emulator, full, on);
      return chimeReport(Date.now());
    },
  };

  async function answer(request: IncomingMessage): Promise<Answer> {
    if (isForeign(request)) return { status: 403, body: { error: 'only pages of this server may ask' } };
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const route = routes[`${request.method} ${pathname.replace(/^\/load-generator\//, '')}`];
    if (!route) return { status: 404, body: { error: `${request.method} ${pathname} is not known here` } };
    const asked =
      request.method === 'GET' ? Object.fromEntries(searchParams) : parseJson(await readBody(request));
    return { status: 200, body: await route(asked) };
  }

  return {
    /** Answers a request to /load-generator/. */
    serve: async (request: IncomingMessage, response: ServerResponse) => {
      const { status, body } = await answer(request).catch(declined);
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(body));
    },
    close: () => {
      for (const generator of generators.values()) generator.close();
    },
  };
}

/**
 * Whether a request is from another site. A foreign page is recognized by its Origin header, and a name that points here (DNS
 * rebinding) by its Host header. No response carries CORS headers.
 */
function isForeign({ headers, socket }: IncomingMessage): boolean {
  const own = ['localhost', '127.0.0.1'].map((name) => `${name}:${socket.localPort}`);
  if (!own.includes(headers.host ?? '')) return true;
  return headers.origin !== undefined && headers.origin !== `http://${headers.host}`;
}

function declined(error: unknown): Answer {
  if (error instanceof z.ZodError) return { status: 400, body: { error: z.prettifyError(error) } };
  return { status: 502, body: { error: (error as Error).message } };
}
