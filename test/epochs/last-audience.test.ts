import { applyEvent } from '../../lib/flows/epoch/apply-event.ts';
import { table } from '../../lib/store/table.ts';
import { useSweptWorld } from '../reconcile/support.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { laggingWires } from '../support/stage/latency.ts';

const world = useSweptWorld({ END_EMPTY_AFTER_MS: '300000' });
const host = (name: string) => world.host(name);
const lastAudience = async (name: string) => (await world.topologyOf(name)).lastAudience;
const BERLIN = 'eu-central-1';
const STOCKHOLM = 'eu-north-1';
let people = 0;

/** Seats this many new viewers from a media region, one after another. Gives the media region of each replica. */
async function come(name: string, mediaRegion: string, many: number): Promise<string[]> {
  const regions: string[] = [];
  for (let k = 0; k < many; k++) {
    const { placement } = await world.person(name, `viewer-${people++}`).seat({ mediaRegion });
    regions.push(placement.mediaRegion);
  }
  return regions;
}

/** A live name with viewers from one media region. */
async function live(mediaRegion: string, many: number): Promise<string> {
  const name = uniqueMeetingId();
  await host(name).create({ maxReplicas: 1 });
  await host(name).seat({ mediaRegion: 'us-east-1' });
  await come(name, mediaRegion, many);
  return name;
}

/** Ends a name, opens it again, and puts the host on stage. */
async function nextWeek(name: string): Promise<void> {
  await host(name).end();
  await host(name).reopen();
  await host(name).seat({ mediaRegion: 'us-east-1' });
}

const primaryEnded = async (name: string) => {
  const meetingId = world.primaryOf(name)?.meetingId ?? '';
  world.chime.kill(world.primaryOf(name));
  const event = {
    eventType: 'chime:MeetingEnded',
    timestamp: world.now(),
    externalMeetingId: name,
    meetingId,
  };
  await applyEvent(event as never, world.now());
};

describe('a name that is opened again', () => {
  it('opens its first replica where its last audience was, although its first viewer is elsewhere', async () => {
    const name = await live(BERLIN, 10);
    await come(name, STOCKHOLM, 2);
    await nextWeek(name);
    expect(await lastAudience(name)).toEqual({ [BERLIN]: 10, [STOCKHOLM]: 2 });
    expect(await come(name, STOCKHOLM, 1)).toEqual([BERLIN]);
    const unknown = await live(STOCKHOLM, 0);
    expect(await come(unknown, STOCKHOLM, 1)).toEqual([STOCKHOLM]);
  });

  it('shows its last audience to hosts and presenters, and not to viewers', async () => {
    const name = await live(BERLIN, 3);
    await nextWeek(name);
    const presenter = world.person(name, 'bob', { role: 'presenter' });
    for (const reader of [host(name), presenter])
      expect((await reader.get()).body).toMatchObject({ lastAudience: { [BERLIN]: 3 } });
    expect((await world.person(name, 'vera').get()).body).not.toHaveProperty('lastAudience');
  });

  it('opens nothing ahead because of its last audience', async () => {
    const name = await live(BERLIN, 12);
    await nextWeek(name);
    await world.reconcileLater();
    expect(await world.topologyOf(name)).toMatchObject({ status: 'live', replicas: [] });
  });

  it('counts a life once, whether a PUT, the reconciler or a repeated end comes first', async () => {
    const name = await live(BERLIN, 6);
    await host(name).end();
    expect(await lastAudience(name)).toBeUndefined();
    await world.reconcileName(name);
    expect(await lastAudience(name)).toEqual({ [BERLIN]: 6 });
    await host(name).end();
    await world.reconcileName(name);
    await host(name).create();
    expect(await lastAudience(name)).toEqual({ [BERLIN]: 6 });
    await host(name).end();
    await host(name).create();
    expect(await lastAudience(name)).toEqual({ [BERLIN]: 6 });
  });

  it('halves what it knew with each life, and forgets a media region without viewers', async () => {
    const name = await live(BERLIN, 3);
    for (const expected of [{ [BERLIN]: 1, [STOCKHOLM]: 1 }, { [STOCKHOLM]: 1 }]) {
      await nextWeek(name);
      await come(name, STOCKHOLM, 1);
      await host(name).end();
      await host(name).reopen();
      expect(await lastAudience(name)).toEqual(expected);
      await host(name).seat();
    }
  });

  it('follows the forecast of the host instead, where there is one', async () => {
    const name = await live(BERLIN, 12);
    await nextWeek(name);
    await host(name).provision({ 'ap-northeast-1': 1 });
    const regions = (await world.topologyOf(name)).replicas.map(({ mediaRegion }) => mediaRegion);
    expect(regions).toEqual(['ap-northeast-1']);
    await come(name, STOCKHOLM, 1);
    const { body } = await host(name).see(`viewer-${people - 1}`, true);
    const { decidedBy } = (body as { placement: { decidedBy: object } }).placement;
    expect(decidedBy).toMatchObject({ forecast: { 'ap-northeast-1': 1 } });
    expect(decidedBy).not.toHaveProperty('lastAudience');
  });
});

describe('the next epoch of a name', () => {
  it('starts from the audience of the epoch before, after the primary ended at Chime', async () => {
    const name = await live(BERLIN, 10);
    await come(name, STOCKHOLM, 2);
    await primaryEnded(name);
    const known = { [BERLIN]: 10, [STOCKHOLM]: 2 };
    expect(await world.topologyOf(name)).toMatchObject({ epoch: 2, lastAudience: known });
    await host(name).seat({ mediaRegion: 'us-east-1' });
    expect(await come(name, STOCKHOLM, 1)).toEqual([BERLIN]);
  });

  it('starts from it after an empty stage ended the meeting', async () => {
    const name = await live(BERLIN, 4);
    await host(name).leave();
    for (let minute = 0; minute < 7; minute++) {
      world.pass(60_000);
      await world.reconcileName(name);
    }
    expect(await world.topologyOf(name)).toMatchObject({ epoch: 2, lastAudience: { [BERLIN]: 4 } });
  });
});

describe('the end of a life survives', () => {
  it('a crash before its last write: the next request counts the same viewers once', async () => {
    const name = await live(BERLIN, 5);
    await host(name).end();
    const frozen = laggingWires().hold({ operation: 'UpdateItem', item: topologyItem(name), at: 'request' });
    const slow = host(name).reopen();
    await frozen.reached;
    await host(name).reopen();
    expect(await world.topologyOf(name)).toMatchObject({ epoch: 2, lastAudience: { [BERLIN]: 5 } });
    frozen.open();
    await slow;
    expect(await world.topologyOf(name)).toMatchObject({ epoch: 2, lastAudience: { [BERLIN]: 5 } });
  });

  it('counts that cannot be read: the epoch begins all the same, with the audience known before', async () => {
    const name = await live(BERLIN, 5);
    await nextWeek(name);
    await come(name, STOCKHOLM, 1);
    const failing = breakReads();
    await primaryEnded(name);
    failing.over();
    expect(await world.topologyOf(name)).toMatchObject({ epoch: 3, lastAudience: { [BERLIN]: 5 } });
  });
});

const topologyItem = (name: string) => ({ pk: `MEETING#${name}`, sk: 'TOPOLOGY' });

/** Fails every BatchGetItem of the current container until it is over. */
function breakReads(): { over: () => void } {
  let broken = true;
  table().middlewareStack.add(
    (send, { commandName }) =>
      async (request) => {
        if (broken && commandName === 'BatchGetItemCommand') throw new Error('the read failed');
        return send(request);
      },
    { step: 'initialize' },
  );
  return {
    over: () => {
      broken = false;
    },
  };
}
