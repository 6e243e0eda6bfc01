import { balcony, type Joined } from '../../client/balcony.ts';
import { until } from '../../local/until.ts';
import { type SharedStack, sharedStack } from '../support/shared-stack.ts';
import { endAll, eventually, run } from './programs.ts';
import { bundledAudience, mount } from './small-react.ts';

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

describe('the example in React', () => {
  it('seats the viewer it shows, raises their hand, and gives the seat back when it is unmounted', async () => {
    const host = person('ada', 'host');
    await host.create('pages');
    const seats: Joined[] = [];
    const client = person('grace', 'viewer');
    const { Audience } = await bundledAudience();
    const page = mount(() =>
      Audience({ client, meeting: 'pages', onSeat: (joined: Joined) => seats.push(joined) }),
    );
    await until(() => page.text().includes('No presenter is on stage yet.'));
    await host.join('pages');
    await until(() => page.text().includes('You are in.'));
    expect(seats).toMatchObject([{ status: 'joined', role: 'viewer' }]);
    page.press();
    await until(() => page.text().includes('Lower my hand'));
    expect((await host.hands('pages')).hands).toMatchObject([{ externalUserId: 'grace' }]);
    page.unmount();
    await eventually(async () => !(await isHere('pages', 'grace')));
  });

  it('joins again only after it has left, where it is mounted twice within a moment, as in strict mode', async () => {
    const host = person('ada', 'host');
    await host.join('strict');
    const { Audience } = await bundledAudience();
    const order: string[] = [];
    const grace = person('grace', 'viewer');
    const client: typeof grace = {
      ...grace,
      join: (...asked) => [order.push('join'), grace.join(...asked)][1] as Promise<Joined>,
      leave: (meeting) => grace.leave(meeting).then(() => void order.push('left')),
    };
    const show = () => Audience({ client, meeting: 'strict', onSeat: () => {} });
    mount(show).unmount();
    const page = mount(show);
    await until(() => page.text().includes('You are in.'));
    expect(order).toEqual(['join', 'left', 'join']);
    expect(await isHere('strict', 'grace')).toBe(true);
    page.unmount();
  });
});
