import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

/** The key is that of `npm start`, which prints it. A deployed receiver gets its key from its own secret store. */
const { PORT = '9000', WEBHOOK_SECRET = '' } = process.env;
const MOST_BYTES = 262_144;
const MOST_REMEMBERED = 100_000;

const say = (line) => process.stdout.write(`${line}\n`);
if (!WEBHOOK_SECRET) {
  say('Set WEBHOOK_SECRET to the key that npm start prints.');
  process.exit(1);
}
const webhook = new Webhook(WEBHOOK_SECRET);

/** The ids that were handled. Keep them in a database, for at least as long as Balcony repeats a webhook: a day, and a replay. */
const handled = new Set();

/** Whether this id is new. Webhooks and the people in them come at least once, so each may come again. */
function isFirst(id) {
  if (handled.has(id)) return false;
  if (handled.size >= MOST_REMEMBERED) handled.delete(handled.values().next().value);
  handled.add(id);
  return true;
}

/** Replace this with what your application does. Do it after the answer, or quickly: Balcony waits for five seconds. */
function handle(id, { type, occurredAt, data }) {
  const { participants, ...rest } = data;
  if (!participants) {
    say(JSON.stringify({ id, type, occurredAt, ...rest }));
    return;
  }
  for (const { id: each, ...participant } of participants)
    if (isFirst(each)) say(JSON.stringify({ id: each, type, ...rest, ...participant }));
}

async function textOf(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error('too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Verifies the signature over the exact bytes that came, and the age of the webhook; then parses. */
async function receive(request, response) {
  let event;
  try {
    event = webhook.verify(await textOf(request), request.headers);
  } catch (error) {
    say(`refused: ${error.message}`);
    return response.writeHead(400).end();
  }
  response.writeHead(204).end();
  const id = request.headers['webhook-id'];
  if (isFirst(id)) handle(id, event);
  else say(`again: ${id}`);
}

const server = createServer((request, response) => {
  if (request.method !== 'POST') return response.writeHead(405).end();
  receive(request, response).catch(() => response.destroy());
});
server.listen(Number(PORT), '127.0.0.1', () =>
  say(`Listening on http://127.0.0.1:${server.address().port}/`),
);
process.on('SIGINT', () => process.exit(0));
