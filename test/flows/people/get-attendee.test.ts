import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();
const hostOf = (name: string) => chime.person(name, 'the-host', { role: 'host' });

async function aHouse() {
  const name = uniqueMeetingId();
  await hostOf(name).seat({ mediaRegion: 'ap-northeast-1' });
  await chime.person(name, 'ada').seat({ mediaRegion: 'eu-west-1' });
  return name;
}

describe('getting one attendee refuses', () => {
  it('an unknown name', async () => {
    expect(await refusalOf(hostOf(uniqueMeetingId()).see('ada'))).toBe('MEETING_NOT_FOUND');
  });

  it('a person who never came, and a person who left', async () => {
    const name = await aHouse();
    expect(await refusalOf(hostOf(name).see('nobody'))).toBe('NOT_JOINED');
    await chime.person(name, 'ada').leave();
    expect(await refusalOf(hostOf(name).see('ada'))).toBe('NOT_JOINED');
    await hostOf(name).leave();
    expect(await refusalOf(hostOf(name).see('the-host'))).toBe('NOT_JOINED');
  });
});

describe('getting one attendee', () => {
  it('shows where the person sits, as the list does', async () => {
    const name = await aHouse();
    const { attendees } = (await hostOf(name).list()).body as { attendees: { externalUserId: string }[] };
    for (const listed of attendees) {
      expect((await hostOf(name).see(listed.externalUserId)).body).toEqual(listed);
    }
  });

  it('explains why a viewer sits there', async () => {
    const name = await aHouse();
    await chime.person(name, 'bob').seat({ mediaRegion: 'eu-west-3' });
    expect((await hostOf(name).see('bob', true)).body).toMatchObject({
      externalUserId: 'bob',
      placement: {
        kind: 'replica',
        reason: 'nearby',
        rttMs: 20,
        viewerMediaRegion: 'eu-west-3',
        mediaRegion: 'eu-west-1',
        ordinal: 0,
      },
    });
  });

  it('explains that a host is on stage', async () => {
    const name = await aHouse();
    const { body } = await hostOf(name).see('the-host', true);
    expect(body).toMatchObject({
      mediaRegion: 'ap-northeast-1',
      placement: { kind: 'primary', reason: 'stage' },
    });
  });

  it('never shows a token', async () => {
    const name = await aHouse();
    expect(JSON.stringify((await hostOf(name).see('ada', true)).body)).not.toMatch(/token/i);
  });
});

describe('getting one attendee survives', () => {
  it('a person who changes role and back', async () => {
    const name = await aHouse();
    await chime.person(name, 'ada', { role: 'presenter' }).seat();
    expect((await hostOf(name).see('ada', true)).body).toMatchObject({
      role: 'presenter',
      placement: { kind: 'primary' },
    });
    await chime.person(name, 'ada').seat();
    expect((await hostOf(name).see('ada', true)).body).toMatchObject({
      role: 'viewer',
      placement: { kind: 'replica' },
    });
  });
});
