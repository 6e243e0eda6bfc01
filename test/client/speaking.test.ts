import { balcony } from '../../client/balcony.ts';
import { type SharedStack, sharedStack } from '../support/shared-stack.ts';
import { hurried } from './support.ts';

let stack: SharedStack;
beforeAll(async () => {
  stack = await sharedStack();
});

/** A client with a token of the local issuer. */
function person(sub: string, role: string, world = hurried()) {
  const token = async () => {
    const granted = await fetch(`${stack.urls.issuer}/token?sub=${sub}&role=${role}`);
    return granted.text();
  };
  return balcony({ url: stack.urls.api, token }, world.deps);
}

describe('the client against the local service', () => {
  it('seats a viewer who came first as soon as a presenter is on stage', async () => {
    const host = person('ada', 'host');
    await host.create('first');
    const world = hurried({ during: () => host.join('first') });
    const reasons: string[] = [];
    const viewer = person('linus', 'viewer', world);
    const joined = await viewer.join('first', { onWaiting: ({ reason }) => reasons.push(reason) });
    expect(reasons[0]).toBe('no-presenter');
    expect(joined).toMatchObject({ status: 'joined', role: 'viewer', placement: { kind: 'replica' } });
  });

  it('brings a viewer on stage and back, and mutes and lowers the hand', async () => {
    const [host, viewer] = [person('ada', 'host'), person('linus', 'viewer')];
    await host.join('talk', { mediaRegion: 'us-east-1' });
    await viewer.join('talk');
    await expect(viewer.promotion('talk')).rejects.toMatchObject({ code: 'NOT_PROMOTED', status: 404 });
    await viewer.hand('talk', 'up');
    expect((await host.hands('talk')).hands).toMatchObject([{ externalUserId: 'linus' }]);
    expect(await host.promote('talk', 'linus')).toEqual({ externalUserId: 'linus', state: 'granted' });
    expect((await viewer.promotion('talk')).Attendee.ExternalUserId).toBe('linus');
    const { capabilities } = await host.mute('talk', 'linus');
    expect(capabilities).toEqual({ Audio: 'Receive', Video: 'SendReceive', Content: 'SendReceive' });
    expect((await host.unmute('talk', 'linus')).capabilities.Audio).toBe('SendReceive');
    await host.muteAll('talk');
    expect(await host.attendee('talk', 'linus', { explain: true })).toMatchObject({
      promoted: true,
      placement: {},
    });
    await host.demote('talk', 'linus');
    await viewer.hand('talk', 'up');
    await viewer.hand('talk', 'down');
    const { attendees } = await host.attendees('talk', { limit: 10 });
    expect(attendees.map(({ externalUserId, promoted }) => [externalUserId, promoted]).sort()).toEqual([
      ['ada', false],
      ['linus', false],
    ]);
  });

  it('removes people, bans them, and lifts the ban', async () => {
    const [host, viewer] = [person('ada', 'host'), person('mallory', 'viewer')];
    await host.join('door');
    await viewer.join('door');
    await host.remove('door', 'mallory');
    await viewer.join('door');
    await host.ban('door', 'mallory');
    await expect(viewer.join('door')).rejects.toMatchObject({ code: 'BANNED', status: 403 });
    expect((await host.bans('door')).bans).toMatchObject([{ externalUserId: 'mallory' }]);
    await host.liftBan('door', 'mallory');
    await viewer.join('door');
    await viewer.leave('door');
  });

  it('drains a media region, moves its viewers, and lifts the drain', async () => {
    const [host, viewer] = [person('ada', 'host'), person('linus', 'viewer')];
    await host.create('storm', { mediaRegion: 'us-east-1' });
    await host.join('storm');
    await viewer.join('storm', { mediaRegion: 'eu-west-1' });
    expect(await host.drain('storm', 'eu-west-1')).toMatchObject({ status: 'closed', viewers: 1 });
    expect(await host.drain('storm', 'eu-west-1', { evacuate: true })).toMatchObject({ status: 'moved' });
    expect((await host.topology('storm')).drains).toMatchObject([{ mediaRegion: 'eu-west-1' }]);
    await host.liftDrain('storm', 'eu-west-1');
    expect((await host.topology('storm')).drains).toBeUndefined();
  });

  it('opens seats ahead, shows the topology, and ends it', async () => {
    const host = person('ada', 'host');
    await host.create('ahead', { maxReplicas: 2 });
    await host.join('ahead');
    expect(await host.provision('ahead', { 'eu-central-1': 10 })).toMatchObject({ asked: 10 });
    expect(await host.topology('ahead')).toMatchObject({ status: 'live', options: { maxReplicas: 2 } });
    await host.end('ahead');
    await expect(host.join('ahead')).rejects.toMatchObject({ code: 'MEETING_ENDED', status: 410 });
  });

  it('reports the invalid field', async () => {
    const asked = person('ada', 'host').create('ahead', { maxReplicas: 1000 });
    await expect(asked).rejects.toMatchObject({ code: 'BAD_REQUEST', field: 'maxReplicas' });
  });

  it('tells a viewer that only hosts may do this', async () => {
    const asked = person('linus', 'viewer').end('talk');
    await expect(asked).rejects.toMatchObject({ code: 'FORBIDDEN', status: 403 });
  });
});
