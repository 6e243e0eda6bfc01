import { parseArgs } from 'node:util';
import { join, leave, untilPromoted } from './balcony.mjs';

const { API = 'http://localhost:3000', ISSUER = 'http://localhost:3003' } = process.env;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { hand: { type: 'boolean', default: false }, 'media-region': { type: 'string' } },
});
const [meeting = 'all-hands', name = 'linus'] = positionals;

/** The local issuer signs for any client. A real page asks its own backend: examples/node-tokens. */
const token = async () => (await fetch(`${ISSUER}/token?sub=${encodeURIComponent(name)}&role=viewer`)).text();

const leaving = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => leaving.abort());
const me = { api: API, token, signal: leaving.signal };
let sessionId;
const say = (words) => process.stdout.write(`${words}\n`);

try {
  const mediaRegion = values['media-region'];
  const joined = await join(me, meeting, { mediaRegion, onWaiting: (reason) => say(`waiting: ${reason}`) });
  ({ sessionId } = joined);
  say(`joined: ${joined.placement.kind} in ${joined.placement.mediaRegion}`);
  if (values.hand) {
    const attendee = await untilPromoted(me, meeting, 1000);
    say(`promoted: ${attendee.ExternalUserId} may go on stage`);
  }
} catch (error) {
  if (!leaving.signal.aborted) say(`refused: ${error.code ?? error.message}`);
} finally {
  await leave(me, meeting, sessionId);
  say('left');
}
