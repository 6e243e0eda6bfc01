import { balcony } from '../../client/balcony.ts';
import { until } from '../../local/until.ts';
import { aGate } from '../support/gate.ts';
import { closeAll, hurried, JOINED, type Line, scripted } from './support.ts';

afterEach(closeAll);

const SEAT: Line = { status: 200, body: JOINED };
const LEFT: Line = { status: 204 };
const OPENING: Line = { status: 202, body: { status: 'waiting', reason: 'opening', retryAfterMs: 700 } };
const HOME = new Error('went home');

/** A pause that never ends. */
const PATIENT = { random: () => 0, pause: () => new Promise<void>(() => {}) };

const pathsOf = (heard: { path: string }[]) => heard.map(({ path }) => path.replace('/meetings/hall/', ''));

/** A join whose request is held by the service, and is aborted meanwhile. */
async function abortedWhileAsking(answer: Line, ...then: Line[]) {
  const gate = aGate();
  const { url, heard } = await scripted({ ...answer, after: gate.pause() }, ...then);
  const client = balcony({ url, token: 't' }, PATIENT);
  const stop = new AbortController();
  const joining = client.join('hall', { signal: stop.signal });
  await until(() => heard.length === 1);
  stop.abort(HOME);
  return { client, joining, gate, heard };
}

/** A join that is aborted while it waits after these answers. */
async function abortedWhileWaiting(...answers: Line[]) {
  const { url, heard } = await scripted(...answers, LEFT);
  const stop = new AbortController();
  let pauses = 0;
  const during = async () => void (++pauses === answers.length && stop.abort(HOME));
  const client = balcony({ url, token: 't' }, hurried({ during }).deps);
  await expect(client.join('hall', { signal: stop.signal })).rejects.toBe(HOME);
  return heard;
}

describe('a join that is aborted', () => {
  it('rejects at once, and gives its seat back as soon as the response names one', async () => {
    const { joining, gate, heard } = await abortedWhileAsking(SEAT, LEFT);
    await expect(joining).rejects.toBe(HOME);
    expect(pathsOf(heard)).toEqual(['join']);
    gate.open();
    await until(() => heard.length === 2);
    expect(pathsOf(heard)).toEqual(['join', 'leave']);
  });

  it('sends no leave request where it is aborted during a pause', async () => {
    expect(pathsOf(await abortedWhileWaiting(OPENING, OPENING))).toEqual(['join', 'join']);
  });

  it('gives back the seat that a request without a response may have taken', async () => {
    const heard = await abortedWhileWaiting(OPENING, { status: 0 });
    await until(() => heard.length === 3);
    expect(pathsOf(heard)).toEqual(['join', 'join', 'leave']);
  });

  it('gives its seat back before the next join of the meeting sends a request', async () => {
    const { client, joining, gate, heard } = await abortedWhileAsking(SEAT, LEFT, SEAT);
    await expect(joining).rejects.toBe(HOME);
    const next = client.join('hall');
    gate.open();
    expect(await next).toEqual(JOINED);
    expect(pathsOf(heard)).toEqual(['join', 'leave', 'join']);
  });
});
