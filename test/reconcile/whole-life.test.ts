import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createAttendee } from '../../lib/chime/attendees.ts';
import { primaryMeetingId } from '../../lib/domain/meeting/topology.ts';
import { applyEvent } from '../../lib/flows/epoch/apply-event.ts';
import { TableName, table } from '../../lib/store/table.ts';
import { useSweptWorld } from './support.ts';

const world = useSweptWorld();
const viewer = (name: string, who: string) => world.person(name, who);

/** Items that do not expire, by their marker, and why not. */
const LASTING: Record<string, string> = {
  bannedAt: 'a ban holds until a host lifts it, and the record expires from then on',
};

/** The kinds of item, by the first part of their key. */
const KINDS = ['ATTENDANCE', 'LEFTOVERS', 'LIVES', 'MEETING', 'PARTICIPANTS', 'QUOTA', 'REPLICA', 'REQUESTS'];

const MUTED = { Audio: 'Receive', Video: 'Receive', Content: 'None' };

/** Two epochs of a meeting, its end and its next incarnation, with every kind of record. */
async function wholeLife(): Promise<string> {
  const { name } = await world.house(3);
  const host = world.host(name);
  await viewer(name, 'viewer-0').raise();
  await host.promote('viewer-0');
  await host.capabilities('viewer-0', MUTED);
  await host.muteAll();
  await viewer(name, 'viewer-0').promotion();
  await host.provision({ 'us-east-1': 10 });
  await strangersOnStage(name);
  await viewer(name, 'viewer-1').leave();
  await host.remove('viewer-2');
  await host.remove('a-stranger', { ban: true });
  await host.remove('viewer-1', { ban: true });
  await host.unban('viewer-1');
  await tell(name, 'viewer-0', 'AttendeeJoined');
  await world.reconcileLater();
  world.chime.strike('DeleteMeeting', 'error-500', 20);
  world.chime.kill(world.primaryOf(name));
  await world.reconcileLater();
  await host.seat();
  await host.end().catch(() => {});
  return name;
}

/** Attendees in the primary without a record: of an unknown person, and of a banned one. */
async function strangersOnStage(name: string) {
  await world.host(name).remove('a-banned-stranger', { ban: true });
  const primary = primaryMeetingId(await world.topologyOf(name)) as string;
  for (const ExternalUserId of ['somebody', 'a-banned-stranger'])
    await createAttendee(async () => 'permitted', primary, { ExternalUserId });
  await world.reconcileLater();
}

async function tell(name: string, externalUserId: string, event: string) {
  const about = { externalMeetingId: name, meetingId: world.primaryOf(name)?.meetingId, externalUserId };
  const detail = { eventType: `chime:${event}`, timestamp: world.now(), attendeeId: 'whichever', ...about };
  await applyEvent(detail as never, world.now());
}

async function allItems(): Promise<Record<string, unknown>[]> {
  const scan = new ScanCommand({ TableName: TableName(), ConsistentRead: true });
  return (await table().send(scan)).Items ?? [];
}

describe('every record of a meeting', () => {
  it('expires, except those with a stated reason', async () => {
    await wholeLife();
    const items = await allItems();
    const kinds = new Set(items.map(({ pk }) => String(pk).split('#')[0]));
    expect([...kinds].toSorted()).toEqual(KINDS);
    const lasting = items.filter(({ expiresAt }) => typeof expiresAt !== 'number');
    const unexplained = lasting.filter(
      (item) => !Object.keys(LASTING).some((attribute) => attribute in item),
    );
    expect(unexplained).toEqual([]);
    expect(lasting.map(({ sk }) => sk).toSorted()).toEqual(['a-banned-stranger', 'a-stranger']);
  });
});
