import type { TestWorld } from '../support/local-world.ts';
import { refusalOf, uniqueMeetingId } from '../support/people.ts';
import { onStageAtChime, startStage } from '../support/stage/facts.ts';
import { audience, someone } from '../support/stage/people.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startStage();
});
afterAll(() => world.close());

interface Entry {
  externalUserId: string;
  role: string;
  ordinal?: number;
  promoted: boolean;
  handRaisedAt?: string;
}

type Host = Awaited<ReturnType<typeof audience>>['host'];

async function participantList(host: Host, limit = 50): Promise<Entry[]> {
  const all: Entry[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await host.list({ limit, ...(cursor && { cursor }) });
    const page = body as { attendees: Entry[]; cursor?: string };
    all.push(...page.attendees);
    cursor = page.cursor;
  } while (cursor);
  return all.toSorted((a, b) => a.externalUserId.localeCompare(b.externalUserId));
}

const find = (all: Entry[], who: string) => all.find(({ externalUserId }) => externalUserId === who);

describe('the participant list', () => {
  it('shows every person on stage and in every replica, in pages of any size', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['v0'], { meetingFeatures: { Attendee: { MaxCount: 4 } } });
    for (const who of ['v1', 'v2', 'v3', 'v4', 'v5'])
      await someone(name, who).seat({ mediaRegion: 'us-east-1' });
    await someone(name, 'pia', { role: 'presenter' }).seat();
    const all = await participantList(host);
    expect(all.map(({ externalUserId }) => externalUserId)).toEqual([
      'pia',
      'the-host',
      'v0',
      'v1',
      'v2',
      'v3',
      'v4',
      'v5',
    ]);
    expect(new Set(all.map(({ ordinal }) => ordinal))).toEqual(new Set([undefined, 0, 1]));
    expect(find(all, 'pia')).toMatchObject({ role: 'presenter', promoted: false });
    expect(await participantList(host, 1)).toEqual(all);
    expect(await participantList(host, 3)).toEqual(all);
  });

  it('shows promoted viewers, in the replica where they keep their seat', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['vic', 'other']);
    await host.promote('vic');
    expect(find(await participantList(host), 'vic')).toMatchObject({
      role: 'viewer',
      ordinal: 0,
      promoted: true,
    });
    expect(find(await participantList(host), 'other')).toMatchObject({ promoted: false });
    await host.demote('vic');
    expect(find(await participantList(host), 'vic')).toMatchObject({ promoted: false });
  });

  it('shows since when a hand is up, as the list of hands does', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['vic']);
    await someone(name, 'vic').raise();
    const { hands } = (await host.hands()).body as { hands: { raisedAt: string }[] };
    expect(find(await participantList(host), 'vic')?.handRaisedAt).toBe(hands[0]?.raisedAt);
    await someone(name, 'vic').lower();
    expect(find(await participantList(host), 'vic')).not.toHaveProperty('handRaisedAt');
  });

  it('does not show people who left, were removed, or never came', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['gone', 'out']);
    await someone(name, 'gone').leave();
    await host.remove('out');
    expect((await participantList(host)).map(({ externalUserId }) => externalUserId)).toEqual(['the-host']);
    expect(await refusalOf(host.see('gone'))).toBe('NOT_JOINED');
  });
});

describe('a person whose role changes', () => {
  it('leaves the seat when coming back as a presenter', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['sam']);
    const { placement } = await someone(name, 'sam', { role: 'presenter' }).seat();
    expect(placement.kind).toBe('primary');
    await someone(name, 'sam', { role: 'presenter' }).seat();
    expect((await host.get()).body).toMatchObject({ viewers: 0 });
    expect(find(await participantList(host), 'sam')).toMatchObject({ role: 'presenter', promoted: false });
  });

  it('leaves the stage when coming back as a viewer', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['vic']);
    await someone(name, 'sam', { role: 'presenter' }).seat();
    const { placement } = await someone(name, 'sam').seat({ mediaRegion: 'us-east-1' });
    expect(placement.kind).toBe('replica');
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
    expect(find(await participantList(host), 'sam')).toMatchObject({
      role: 'viewer',
      ordinal: 0,
      promoted: false,
    });
  });

  it('stays on stage when a promoted viewer comes back as a presenter, with the same attendee', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['sam']);
    await host.promote('sam');
    const { Attendee } = (await someone(name, 'sam').promotion()).body as { Attendee: object };
    const again = await someone(name, 'sam', { role: 'presenter' }).seat();
    expect(again.Attendee).toEqual(Attendee);
    await host.demote('sam');
    expect(onStageAtChime(world, name)).toEqual(['sam', 'the-host']);
    expect(await refusalOf(someone(name, 'sam').promotion())).toBe('NOT_PROMOTED');
  });

  it('may be promoted again after having come back as a viewer', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['vic']);
    await someone(name, 'sam', { role: 'presenter' }).seat();
    await someone(name, 'sam').seat();
    await host.promote('sam');
    expect(find(await participantList(host), 'sam')).toMatchObject({ role: 'viewer', promoted: true });
  });
});
