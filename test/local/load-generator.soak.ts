import { request } from 'node:http';
import type { TokenRequest } from '../../local/identity/issuer.ts';
import { askingAbout } from '../../local/load-generator/ask.ts';
import { emulatorAt } from '../../local/load-generator/emulator.ts';
import { createLoadGenerator } from '../../local/load-generator/load-generator.ts';
import type { LoadReport } from '../../local/load-generator/report.ts';
import { watchChime } from '../../local/load-generator/watch-chime.ts';
import { jsonOf } from '../support/json.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { type SharedStack, sharedStack } from '../support/shared-stack.ts';
import { isSettled, loadGeneratorAtWeb } from './load-generator-orders.ts';

let stack: SharedStack;
beforeAll(async () => {
  stack = await sharedStack();
});

const token = async (request: TokenRequest) => {
  const body = JSON.stringify(request);
  const granted = fetch(`${stack.urls.issuer}/token`, { method: 'POST', body });
  return (await jsonOf<{ access_token: string }>(granted)).access_token;
};

/** Sends a request with a token for this meeting, beside the load generator. */
const asHost = (name: string) => {
  const { api, chime } = stack.urls;
  const ask = askingAbout(name, { api, chime, token });
  return (line: string) => ask({ sub: 'onlooker', role: 'host' }, line);
};

/** A meeting of its own, with a presenter on stage. */
async function onStage() {
  const name = uniqueMeetingId();
  const generator = loadGeneratorAtWeb(stack.urls.web, name);
  await generator.order('presenter');
  await generator.until(({ presenter }) => presenter.onStage);
  return { name, generator };
}

describe('an audience of sixty', () => {
  it('is seated, each viewer once, and shrinks when the number is lowered', async () => {
    const { name, generator } = await onStage();
    await generator.order('audience', { viewers: 60 });
    // Of two draws for one viewer, one is returned a moment later. Until then the count is one too many.
    const full = await generator.until(
      ({ audience, hands, topology }) =>
        audience.seated === 60 && hands.raised === 1 && topology?.viewers === 60,
    );
    expect(full.audience.waiting).toBe(0);
    const { body } = await asHost(name)('GET /attendees?limit=100');
    const viewers = body.attendees.filter(({ role }: { role: string }) => role === 'viewer');
    expect(new Set(viewers.map((one: { externalUserId: string }) => one.externalUserId)).size).toBe(60);

    await generator.order('audience', { viewers: 5 });
    const isFew = ({ topology, hands }: LoadReport) => topology?.viewers === 5 && hands.raised === 0;
    const few = await generator.until((report) => isSettled(report) && isFew(report));
    expect(few.audience.seated).toBe(5);
  });

  it('waits while no presenter is on stage', async () => {
    const generator = loadGeneratorAtWeb(stack.urls.web, uniqueMeetingId());
    await generator.order('audience', { viewers: 3 });
    expect((await generator.report()).audience).toMatchObject({ wanted: 3, seated: 0, waiting: 3 });
    await generator.order('audience', { viewers: 0 });
    expect((await generator.report()).audience).toMatchObject({ wanted: 0, waiting: 0 });
  });

  it('stops after half an hour without an open page', async () => {
    let minutes = 0;
    const emulator = emulatorAt(stack.urls.chime);
    const now = () => minutes * 60_000;
    const generator = createLoadGenerator(uniqueMeetingId(), {
      ...stack.urls,
      token,
      chimeReport: watchChime(emulator),
      now,
    });
    await generator.presenter(true);
    minutes += 29;
    await generator.step();
    expect((await generator.report()).presenter).toEqual({ wanted: true, onStage: true });
    minutes += 31;
    await generator.step();
    expect((await generator.report()).presenter).toEqual({ wanted: false, onStage: false });
    generator.close();
  });
});

describe('an audience larger than the default quota', () => {
  it('gets the replicas that it needs, and the meeting keeps its other options', async () => {
    const generator = loadGeneratorAtWeb(stack.urls.web, uniqueMeetingId());
    await generator.order('audience', { viewers: 1250 });
    await generator.order('audience', { viewers: 0 });
    const { topology } = await generator.report();
    expect(topology?.options).toEqual({ maxReplicas: 5, waitForPresenter: true });
    const { replicasPerPrimary } = await emulatorAt(stack.urls.chime).options();
    expect(replicasPerPrimary).toBeGreaterThanOrEqual(5);
  });
});

describe('the button that ends the primary', () => {
  it('starts the next epoch, with every viewer in it', async () => {
    const { generator } = await onStage();
    await generator.order('audience', { viewers: 4 });
    const before = await generator.until(({ audience }) => audience.seated === 4);
    expect(await (await generator.order('primary-dies')).json()).toEqual({ primary: 'dead' });
    const isBack = (epoch = 0, viewers = 0) => epoch > 1 && viewers === 4;
    const after = await generator.until(
      ({ topology, audience, presenter }) =>
        isBack(topology?.epoch, topology?.viewers) && audience.seated === 4 && presenter.onStage,
    );
    expect(after.topology?.primary?.meetingId).not.toBe(before.topology?.primary?.meetingId);
    expect(after.audience).toMatchObject({ wanted: 4, seated: 4 });
  });

  it('reports that no primary is open', async () => {
    const generator = loadGeneratorAtWeb(stack.urls.web, uniqueMeetingId());
    expect(await (await generator.order('primary-dies')).json()).toEqual({ primary: 'none' });
  });
});

describe('the emulator of Chime', () => {
  const tell = async (path: string, body: object) => {
    const { ask } = loadGeneratorAtWeb(stack.urls.web, 'any');
    return jsonOf<object>(ask(path, { method: 'POST', body: JSON.stringify(body) }));
  };

  it('can be throttled, and restored', async () => {
    expect(await tell('throttle-chime', { on: true })).toMatchObject({ slow: true });
    expect(await emulatorAt(stack.urls.chime).options()).toMatchObject({ ratePerSecond: 1, burst: 2 });
    expect(await tell('throttle-chime', { on: false })).toMatchObject({ slow: false });
    expect(await emulatorAt(stack.urls.chime).options()).toMatchObject({ ratePerSecond: 10, burst: 20 });
  });

  it('can have two full media regions at once', async () => {
    const fill = (mediaRegion: string, on: boolean) => tell('region-full', { mediaRegion, on });
    await fill('eu-west-2', true);
    expect(await fill('us-east-1', true)).toMatchObject({ fullMediaRegions: ['eu-west-2', 'us-east-1'] });
    await fill('eu-west-2', false);
    expect(await fill('us-east-1', false)).toMatchObject({ fullMediaRegions: [] });
  });
});

describe('a request to the load generator', () => {
  it.each([
    ['audience', { viewers: 10_001 }, 'viewers'],
    ['audience', { viewers: 3, audience: 'mars' }, 'audience'],
    ['audience', { viewers: 3, externalMeetingId: '?' }, 'externalMeetingId'],
    ['presenter', { on: 'yes' }, 'on'],
    ['region-full', { on: true, mediaRegion: 'mars-1' }, 'mediaRegion'],
    ['throttle-chime', {}, 'on'],
  ])('%s %j is declined with 400, and the field named', async (path, body, field) => {
    const answer = await loadGeneratorAtWeb(stack.urls.web, 'any').order(path, body);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(field);
  });

  it('is refused without a meeting, and the load generator goes on answering', async () => {
    const state = await fetch(`${stack.urls.web}/load-generator/state`);
    expect([state.status, await state.text()]).toEqual([400, expect.stringContaining('externalMeetingId')]);
  });

  it('is dropped when its sender disconnects in the middle, and the load generator goes on answering', async () => {
    const cut = request(`${stack.urls.web}/load-generator/audience`, {
      method: 'POST',
      headers: { 'content-length': '100' },
    });
    const gone = new Promise((resolve) => cut.on('error', resolve).on('close', resolve));
    cut.write('{"viewers"', () => cut.destroy());
    await gone;
    expect((await loadGeneratorAtWeb(stack.urls.web, 'any').report()).audience.wanted).toBe(0);
  });

  it('is refused with 404 on an unknown route', async () => {
    expect((await loadGeneratorAtWeb(stack.urls.web, 'any').order('dance')).status).toBe(404);
  });

  it('is refused to pages of another origin', async () => {
    const { ask } = loadGeneratorAtWeb(stack.urls.web, 'any');
    const headers = { origin: 'https://example.com' };
    const answer = await ask('throttle-chime', { method: 'POST', body: '{"on":true}', headers });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });

  it('is refused under a host name that was rebound to this machine', async () => {
    const url = new URL('/load-generator/state?externalMeetingId=any', stack.urls.web);
    const status = await new Promise((resolve, reject) => {
      const asked = request(url, { headers: { host: `example.com:${url.port}` } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject).end();
    });
    expect(status).toBe(403);
  });
});
