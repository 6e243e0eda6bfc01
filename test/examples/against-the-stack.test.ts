import { balcony } from '../../client/balcony.ts';
import { type SharedStack, sharedStack } from '../support/shared-stack.ts';
import { endAll, eventually, run } from './programs.ts';

let stack: SharedStack;
beforeAll(async () => {
  stack = await sharedStack();
});
afterAll(() => {
  endAll();
});

const tokenOf = (sub: string, role: string) => async () =>
  (await fetch(`${stack.urls.issuer}/token?sub=${sub}&role=${role}`)).text();
const person = (sub: string, role: string) => balcony({ url: stack.urls.api, token: tokenOf(sub, role) });
const isHere = async (meeting: string, who: string) =>
  (await person('ada', 'host').attendees(meeting)).attendees.some((one) => one.externalUserId === who);

describe('the example that uses only fetch', () => {
  const viewer = (...args: string[]) =>
    run('examples/fetch/viewer.mjs', args, { API: stack.urls.api, ISSUER: stack.urls.issuer });

  it('waits, gets a nearby seat, goes on stage by a raised hand, and leaves', async () => {
    const host = person('ada', 'host');
    await host.create('plain');
    const linus = viewer('plain', 'linus', '--hand', '--media-region', 'eu-central-1');
    await linus.says(/^waiting: no-presenter$/m);
    await host.join('plain');
    await linus.says(/^joined: replica in eu-central-1$/m);
    await eventually(async () => (await host.hands('plain')).hands.length === 1);
    await host.promote('plain', 'linus');
    await linus.says(/^promoted: linus may go on stage\nleft$/m);
    expect(await isHere('plain', 'linus')).toBe(false);
  });

  it('leaves when it is interrupted while it waits', async () => {
    await person('ada', 'host').create('early');
    const linus = viewer('early', 'linus');
    await linus.says(/waiting: no-presenter/);
    expect(await linus.end()).toBe(0);
    expect(linus.output()).toMatch(/left\n$/);
  });

  it('prints the code of a refusal', async () => {
    const linus = viewer('nowhere', 'linus');
    await linus.says(/^refused: MEETING_NOT_FOUND$/m);
  });
});
