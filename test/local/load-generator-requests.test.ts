import { createServer } from 'node:http';
import { type Listening, listen } from '../../local/listen.ts';
import { askingAbout } from '../../local/load-generator/ask.ts';

let api: Listening;
afterEach(() => api.close());

const askAt = (url: string) => askingAbout('hall', { api: url, chime: url, token: async () => 'a.b.c' });

describe('a request of the load generator', () => {
  it('counts as unanswered where the response breaks off', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('{"status":', () => response.destroy());
    });
    api = await listen(server, 0);
    const reply = await askAt(api.url)({ sub: 'ada', role: 'viewer' }, 'POST /join');
    expect(reply).toEqual({ status: 0, body: undefined });
  });
});
