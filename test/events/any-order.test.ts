import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { connect, disconnect } from '../../emulator/state/attendees/presence.ts';
import { participantKey } from '../../lib/store/keys.ts';
import { deleteAttendance } from '../../lib/store/ledger/erasure.ts';
import { TableName, table } from '../../lib/store/table.ts';
import { faultsOf } from '../../simulation/checks/topology-faults.ts';
import type { TestWorld } from '../support/local-world.ts';
import { uniqueMeetingId } from '../support/people.ts';
import fc from '../support/random/property.ts';
import { startStage } from '../support/stage/facts.ts';
import { audience, someone } from '../support/stage/people.ts';
import {
  type About,
  attendeeOf,
  deliver,
  eventOf,
  hear,
  notificationOf,
  seen,
  topologyOf,
} from './support.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:events';

let world: TestWorld;
let heard: object[];
beforeAll(async () => {
  world = await startStage({ NOTIFICATIONS_QUEUE_ARN: QUEUE });
  heard = hear(world);
});
afterEach(() => {
  const { options } = world.emulator;
  Object.assign(options, { eventLoss: 0, eventDuplication: 0, eventReordering: 0 });
});
afterAll(() => world.close());

/** Deletes what events wrote: the presence in a person's record, and the attendance. */
async function unsee(name: string, who: string): Promise<void> {
  await deleteAttendance(await topologyOf(name), who);
  const UpdateExpression = 'REMOVE presence';
  const Key = participantKey(name, who);
  await table().send(new UpdateCommand({ TableName: TableName(), Key, UpdateExpression }));
}

const TYPES = ['AttendeeJoined', 'AttendeeAuthorized', 'AttendeeDropped', 'AttendeeLeft', 'AttendeeDeleted'];

/** Some events, close in time, in any order with repeats, in either form. */
const told = fc
  .array(fc.record({ type: fc.constantFrom(...TYPES), at: fc.integer({ min: 1, max: 6 }) }), {
    minLength: 1,
    maxLength: 7,
  })
  .chain((events) => {
    const one = fc.constantFrom(...events);
    const repeats = fc.array(one, { maxLength: 5 });
    const any = repeats.chain((more) => {
      const all = [...events, ...more];
      return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
    });
    return fc.record({ events: fc.constant(events), any, asNotification: fc.infiniteStream(fc.boolean()) });
  });

describe('the presence of a person', () => {
  it('does not depend on the order, number and form of the events', async () => {
    const name = uniqueMeetingId();
    await audience(name, ['vic']);
    const { about } = attendeeOf(world, await someone(name, 'vic').seat());
    await fc.assert(
      fc.asyncProperty(told, async ({ events, any, asNotification }) => {
        const told = (list: typeof events) => list.map(({ type, at }) => eventOf(type, at, about as About));
        await unsee(name, 'vic');
        for (const event of told(events.toSorted((one, other) => one.at - other.at))) await deliver([event]);
        const inOrder = await seen(name, 'vic');
        expect(inOrder.presence?.at).toBe(Math.max(...events.map(({ at }) => at)));
        await unsee(name, 'vic');
        await deliver(
          told(any).map((event) => (asNotification.next().value ? notificationOf(event) : event)),
        );
        expect(await seen(name, 'vic')).toEqual(inOrder);
      }),
      { numRuns: 25 },
    );
  });

  it('has the state of the latest event, and attendance from the join to that event', async () => {
    const name = uniqueMeetingId();
    await audience(name, ['vic']);
    const { about } = attendeeOf(world, await someone(name, 'vic').seat());
    await deliver([
      eventOf('AttendeeDropped', 300, about),
      eventOf('AttendeeJoined', 100, about),
      eventOf('AttendeeJoined', 200, about),
    ]);
    const presence = { state: 'dropped', at: 300 };
    const intervals = ['audience 100-200?', 'audience 200-300'];
    expect(await seen(name, 'vic')).toEqual({ presence, intervals });
  });

  it('is the same when Chime sends each event in both forms', async () => {
    const name = uniqueMeetingId();
    await audience(name, ['vic']);
    const them = attendeeOf(world, await someone(name, 'vic').seat());
    heard.splice(0);
    connect(world.emulator.state, them);
    const [once, again, ...more] = heard.splice(0);
    expect([once, again, more]).toEqual([
      expect.objectContaining({ id: expect.any(String) }),
      expect.not.objectContaining({ id: expect.any(String) }),
      [],
    ]);
    await deliver([once as object]);
    const before = await seen(name, 'vic');
    await deliver([again as object, once as object]);
    expect([await seen(name, 'vic'), before.presence?.state]).toEqual([before, 'present']);
  });
});

describe('lost, duplicate and late events', () => {
  it('cost no person their seat', async () => {
    const name = uniqueMeetingId();
    const viewers = Array.from({ length: 8 }, (_, n) => `viewer-${n}`);
    const { host } = await audience(name, viewers);
    Object.assign(world.emulator.options, { eventLoss: 0.4, eventDuplication: 0.4, eventReordering: 30 });
    const join = (who: string) => someone(name, who).seat({ mediaRegion: 'us-east-1' });
    const before = await Promise.all(viewers.map(join));
    heard.splice(0);
    for (const joined of before) {
      const them = attendeeOf(world, joined);
      connect(world.emulator.state, them);
      disconnect(world.emulator.state, them, 'dropped');
      await deliver(heard.splice(0));
    }
    const after = await Promise.all(viewers.map(join));
    expect(after.map(({ Attendee }) => Attendee)).toEqual(before.map(({ Attendee }) => Attendee));
    const late = await join('somebody-new');
    expect(before.map(({ Attendee }) => Attendee.AttendeeId)).not.toContain(late.Attendee.AttendeeId);
    expect(faultsOf(await topologyOf(name))).toEqual([]);
    expect((await host.list()).body).toMatchObject({ attendees: { length: 10 } });
  });
});
