import type { ClientEvent, RegionFares } from '../../client/balcony.ts';
import { until } from '../../local/until.ts';
import type { RoomPage } from '../../scripts/browser/room-page.ts';
import { useRoom } from './support/room.ts';

const room = useRoom();

/** The events that a page reports, and the statuses of the service's answers. */
function reportsOf({ page }: RoomPage) {
  const events: ClientEvent[] = [];
  const statuses: number[] = [];
  page.on('response', (answer) => {
    const request = answer.request();
    if (request.method() !== 'POST' || !answer.url().endsWith('/client-events')) return;
    events.push(...request.postDataJSON().events);
    statuses.push(answer.status());
  });
  const untilTold = (member: keyof ClientEvent) =>
    until(() => events.some((event) => event[member] !== undefined));
  return { events, statuses, untilTold };
}

/** What the service has counted, once it has counted this. */
async function counted(isThere: (fares: RegionFares) => boolean): Promise<RegionFares> {
  let found: RegionFares | undefined;
  await until(async () => {
    const { clientEvents = [] } = await room.host.topology(room.meeting, { clientEvents: true });
    found = clientEvents.find(isThere);
    return found !== undefined;
  });
  return found as RegionFares;
}

const dropViewers = async () => {
  const [replica] = (await room.host.topology(room.meeting)).replicas;
  const body = JSON.stringify({ meetingId: replica?.meetingId });
  await fetch(`${room.urls.chime}/_emulator/signaling/drops`, { method: 'POST', body });
};

/** A host whose camera is on, and a viewer's page that has not joined yet. */
async function onCamera() {
  const host = await room.comes('ada', 'host');
  await host.press('Camera');
  const linus = await room.opens({ name: 'linus', role: 'viewer' });
  return { host, linus, reports: reportsOf(linus) };
}

describe('the page of a viewer', () => {
  it('reports the time from Join to the first sound and picture, and the service counts it', async () => {
    const { linus, reports } = await onCamera();
    const pressedAt = performance.now();
    await linus.join();
    await linus.seesPicture('ada');
    await reports.untilTold('timeToFirstVideoMs');
    const passedMs = performance.now() - pressedAt;
    const { timeToFirstAudioMs = 0, timeToFirstVideoMs = 0 } = Object.assign({}, ...reports.events);
    expect(timeToFirstAudioMs).toBeGreaterThan(10);
    expect(timeToFirstVideoMs).toBeGreaterThan(10);
    expect(Math.max(timeToFirstAudioMs, timeToFirstVideoMs)).toBeLessThan(passedMs);
    const fares = await counted((one) => one.timeToFirstVideoMs !== undefined);
    expect(fares.timeToFirstAudioMs?.p95).toBeGreaterThanOrEqual(timeToFirstAudioMs);
    expect(fares).toMatchObject({ drops: 0, failures: 0 });
    expect(new Set(reports.statuses)).toEqual(new Set([204]));
  });

  it('reports a reconnect when the person leaves', async () => {
    const { linus, reports } = await onCamera();
    await linus.join();
    await linus.seesPicture('ada');
    await reports.untilTold('timeToFirstAudioMs');
    await dropViewers();
    await linus.says('You are connected again.');
    await linus.press('Leave');
    await reports.untilTold('reconnects');
    expect(reports.events.filter(({ reconnects, drops }) => reconnects || drops)).toEqual([
      { reconnects: 1 },
    ]);
    expect(new Set(reports.statuses)).toEqual(new Set([204]));
  });

  it('reports a drop after the death of the primary, once the person has a seat again', async () => {
    const { linus, reports } = await onCamera();
    await linus.join();
    await linus.seesPicture('ada');
    const { primary, epoch } = await room.host.topology(room.meeting);
    await fetch(`${room.urls.chime}/_emulator/meetings/${primary?.meetingId}/end`, { method: 'POST' });
    await linus.hasDetail(`Epoch ${epoch + 1}`);
    await reports.untilTold('drops');
    expect(reports.events.filter(({ drops }) => drops)).toEqual([{ drops: 1 }]);
    const times = reports.events.filter(({ timeToFirstAudioMs }) => timeToFirstAudioMs !== undefined);
    expect([times.length, new Set(reports.statuses)]).toEqual([1, new Set([204])]);
  });
});
