import type { MeetingRequest } from '../../../lib/chime/meetings.ts';
import { requestToken } from '../../../lib/domain/meeting/request-token.ts';
import type { LiveTopology } from '../../../lib/domain/meeting/topology.ts';
import { readRequest } from '../../../lib/store/requests.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { killPrimary } from '../../support/stage/facts.ts';
import { useWorld } from '../support.ts';

const chime = useWorld({ TENANT_IDS: 'house', NETWORK_TYPE: 'DualStack', MEETING_HOST_ID: 'the-house' });
const OWN = { tenantIds: ['acme', 'acme-staff'], networkType: 'Ipv4Only', meetingHostId: 'acme/ada' };

/** What the requests for the primary and for its first replica named at Chime. */
async function requestsOf(externalMeetingId: string) {
  const topology = (await freshTopology(externalMeetingId, chime.now())) as LiveTopology;
  const { ordinal, mediaRegion } = topology.replicas[0] ?? { ordinal: -1, mediaRegion: '' };
  const read = async (place: Parameters<typeof requestToken>[1]) => {
    const ClientRequestToken = requestToken(topology, place);
    const request = await readRequest<MeetingRequest>({
      ExternalMeetingId: externalMeetingId,
      ClientRequestToken,
    });
    const { TenantIds, MediaPlacementNetworkType, MeetingHostId } = request as MeetingRequest;
    return { TenantIds, MediaPlacementNetworkType, MeetingHostId };
  };
  return { primary: await read('primary'), replica: await read({ ordinal, mediaRegion }) };
}

/** A live meeting with a replica; `change` happens once the primary is open. */
async function live(options: object, change?: object) {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  await host.create(options);
  await host.seat();
  if (change) await host.create(change);
  await chime.person(name, 'vic').seat();
  return { name, host };
}
const ofOwn = { TenantIds: OWN.tenantIds, MediaPlacementNetworkType: 'Ipv4Only', MeetingHostId: 'acme/ada' };
const ofHouse = {
  TenantIds: ['house'],
  MediaPlacementNetworkType: 'DualStack',
  MeetingHostId: 'the-house',
};

describe('the tenants, the network type and the host of a meeting', () => {
  it('are those of the deployment where the meeting names none', async () => {
    const { name } = await live({});
    expect(await requestsOf(name)).toEqual({ primary: ofHouse, replica: ofHouse });
  });

  it('are those that the meeting names, in the primary and in each replica at Chime', async () => {
    const { name } = await live(OWN);
    expect(await requestsOf(name)).toEqual({ primary: ofOwn, replica: ofOwn });
    for (const { tenantIds, meetingHostId } of chime.live(name))
      expect({ tenantIds, meetingHostId }).toEqual({ tenantIds: OWN.tenantIds, meetingHostId: 'acme/ada' });
  });

  it('may be named one by one', async () => {
    const { name } = await live({ tenantIds: ['acme'] });
    expect((await requestsOf(name)).replica).toEqual({ ...ofHouse, TenantIds: ['acme'] });
  });

  it('are those of the open primary in a replica that is opened after the host changed the options', async () => {
    const { name } = await live({}, OWN);
    expect(await requestsOf(name)).toEqual({ primary: ofHouse, replica: ofHouse });
  });

  it('are those of the changed options in the next epoch', async () => {
    const { name, host } = await live({}, OWN);
    await killPrimary(chime.world, name);
    chime.pass(60_000);
    await chime.persist(host.join);
    await chime.persist(chime.person(name, 'vic').join);
    expect(await requestsOf(name)).toEqual({ primary: ofOwn, replica: ofOwn });
  });

  it('are in the options that the topology returns', async () => {
    const { host } = await live(OWN);
    expect((await host.get()).body).toMatchObject({ options: OWN });
  });
});
