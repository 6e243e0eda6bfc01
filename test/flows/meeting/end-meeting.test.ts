import { createContainer, currentContainer, useContainer } from '../../../lib/container.ts';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { teardown } from '../../../lib/flows/epoch/teardown.ts';
import { markEnded } from '../../../lib/store/topology/epochs.ts';
import { invariantViolations } from '../../races/audit.ts';
import { callOf, refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { laggingWires } from '../../support/stage/latency.ts';
import { atOnce, useWorld } from '../support.ts';

const chime = useWorld();
const hostOf = (name: string) => chime.person(name, 'the-host', { role: 'host' });

async function aFullHouse() {
  const name = uniqueMeetingId();
  await hostOf(name).seat();
  await chime.person(name, 'viewer-1').seat();
  return name;
}

describe('ending a meeting refuses', () => {
  it('an unknown name', async () => {
    expect(await refusalOf(hostOf(uniqueMeetingId()).end())).toBe('MEETING_NOT_FOUND');
  });
});

describe('ending a meeting', () => {
  it('ends every Chime meeting behind the name', async () => {
    const name = await aFullHouse();
    expect(chime.live(name)).toHaveLength(2);
    expect((await hostOf(name).end()).status).toBe(204);
    expect(chime.live(name)).toEqual([]);
  });

  it('makes every later request fail, also of people who had a seat', async () => {
    const name = await aFullHouse();
    await hostOf(name).end();
    for (const person of ['viewer-1', 'viewer-2']) {
      expect(await refusalOf(chime.person(name, person).join())).toBe('MEETING_ENDED');
    }
    expect(await refusalOf(hostOf(name).join())).toBe('MEETING_ENDED');
    expect(await refusalOf(chime.person(name, 'ada', { role: 'presenter' }).join())).toBe('MEETING_ENDED');
  });

  it('makes requests fail also where a container has cached the meeting as live', async () => {
    const name = await aFullHouse();
    const viewer = chime.person(name, 'viewer-1');
    await viewer.seat();
    await markEnded(name, chime.now());
    expect(await refusalOf(viewer.join())).toBe('MEETING_ENDED');
  });

  it('closes the seats, so that a process that has cached the meeting as live seats no viewer', async () => {
    const name = await aFullHouse();
    const ours = currentContainer();
    const theirs = createContainer(ours);
    useContainer(theirs);
    await chime.person(name, 'viewer-2').seat();
    useContainer(ours);
    await hostOf(name).end();
    useContainer(theirs);
    expect(await refusalOf(chime.person(name, 'viewer-3').join())).toBe('MEETING_ENDED');
  });

  it('tears down only what its own write marked as ended', async () => {
    const name = await aFullHouse();
    const ended = (await markEnded(name, chime.now())) as Topology;
    await hostOf(name).create();
    await hostOf(name).seat();
    await teardown(ended, callOf('the-host', { role: 'host' }));
    expect(chime.live(name)).toHaveLength(1);
    expect(await hostOf(name).get()).toMatchObject({ body: { status: 'live', epoch: 2 } });
  });

  it('ends a name under which nothing was ever opened', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).create();
    expect((await hostOf(name).end()).status).toBe(204);
    expect(await refusalOf(hostOf(name).join())).toBe('MEETING_ENDED');
  });

  it('lets every participant leave afterwards', async () => {
    const name = await aFullHouse();
    await hostOf(name).end();
    expect((await chime.person(name, 'viewer-1').leave()).status).toBe(204);
    expect((await hostOf(name).leave()).status).toBe(204);
  });

  it('leaves the name free to open again, with nothing of the old incarnation in it', async () => {
    const name = await aFullHouse();
    await hostOf(name).end();
    await hostOf(name).create();
    expect(await chime.person(name, 'viewer-1').join()).toMatchObject({ body: { reason: 'no-presenter' } });
    expect((await hostOf(name).seat()).epoch).toBe(2);
    expect((await chime.person(name, 'viewer-1').seat()).epoch).toBe(2);
    expect(await invariantViolations(chime.world, name)).toEqual([]);
  });
});

describe('ending a meeting survives', () => {
  it('two requests in a row, and ten at once', async () => {
    const name = await aFullHouse();
    const ended = await atOnce(10, () => hostOf(name).end());
    expect(ended.map(({ status }) => status)).toEqual(Array(10).fill(204));
    expect((await hostOf(name).end()).status).toBe(204);
  });

  it.each(['NotFoundException', 'ForbiddenException'] as const)(
    'Chime answering %s to a second delete',
    async (secondDeleteError) => {
      chime.chimeWill({ secondDeleteError });
      const name = await aFullHouse();
      await hostOf(name).end();
      expect((await hostOf(name).end()).status).toBe(204);
    },
  );

  it.each(['throttle', 'error-500', 'timeout-before'] as const)(
    'Chime failing (%s): every join is refused, and a repeated request ends the meeting',
    async (fault) => {
      const name = await aFullHouse();
      chime.strike('DeleteMeeting', fault, 3);
      expect(await refusalOf(hostOf(name).end())).toBe('UPSTREAM_UNAVAILABLE');
      expect(await refusalOf(chime.person(name, 'viewer-2').join())).toBe('MEETING_ENDED');
      expect((await hostOf(name).end()).status).toBe(204);
      expect(chime.live(name)).toEqual([]);
    },
  );

  it('a lost answer', async () => {
    const name = await aFullHouse();
    chime.strike('DeleteMeeting', 'timeout-after');
    expect((await hostOf(name).end()).status).toBe(204);
    expect(chime.live(name)).toEqual([]);
  });

  it('presenters joining at the same moment: no meeting outlives the end', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).create();
    const joins = atOnce(5, (k) =>
      chime
        .person(name, `ada-${k}`, { role: 'presenter' })
        .join()
        .catch(() => {}),
    );
    const [ended] = await Promise.all([hostOf(name).end(), joins]);
    expect(ended.status).toBe(204);
    expect(chime.live(name)).toEqual([]);
  });

  it('a presenter whose primary was just being opened: it is deleted, and the presenter refused', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).create();
    const opened = laggingWires().hold({ operation: 'CreateMeetingWithAttendees', at: 'answer' });
    const joining = refusalOf(chime.person(name, 'ada', { role: 'presenter' }).join());
    await opened.reached;
    await hostOf(name)
      .end()
      .catch(() => {});
    opened.open();
    expect(await joining).toBe('MEETING_ENDED');
    expect(chime.live(name)).toEqual([]);
    expect((await hostOf(name).end()).status).toBe(204);
  });
});
