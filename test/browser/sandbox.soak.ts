import { outOfBand } from '../emulator/out-of-band.ts';
import { type Person, type Place, useSandbox } from './support/sandbox.ts';
import { here } from './support/tab.ts';

const sandbox = useSandbox();

let primary: Place;
let replica: Place;

beforeEach(async () => {
  primary = await sandbox.primary();
  replica = await sandbox.replica(primary);
});

const started = (...people: Person[]) => Promise.all(people.map((person) => person.untilTold('started')));

/** A presenter who speaks, and a viewer who was let on stage. */
async function promoteSomebody() {
  const ada = await sandbox.enter(primary, 'ada');
  const linus = await sandbox.enter(replica, 'linus', { speaks: true });
  const onStage = await sandbox.admit(primary, 'promoted-linus');
  await started(ada, linus);
  expect(await linus.call('promote', onStage)).toBe('OK');
  await Promise.all([ada, linus].map((person) => person.untilPresent('ada', 'promoted-linus')));
  return { ada, linus, onStage };
}

describe('an audience in two replicas', () => {
  it('sees and hears the people on stage, and no one else', async () => {
    const second = await sandbox.replica(primary);
    const ada = await sandbox.enter(primary, 'ada', { speaks: true });
    const linus = await sandbox.enter(replica, 'linus');
    const bjarne = await sandbox.enter(second, 'bjarne');
    await started(ada, linus, bjarne);
    await ada.call('startCamera');
    await Promise.all(
      [linus, bjarne].flatMap((viewer) => [
        viewer.untilPresent('ada'),
        viewer.untilSpeaks(ada.seat.AttendeeId),
        viewer.untilHears(),
        viewer.untilSees(),
      ]),
    );
    expect([here(await ada.seen()), await linus.call('tiles')]).toEqual([['ada'], ['ada']]);
    const { body: events } = await outOfBand(sandbox.emulator, 'GET signaling/client-events');
    expect(events.map(({ name }: { name: string }) => name)).toContain('meetingStartSucceeded');
  });

  it('sees a screen that is shared, until it is not', async () => {
    const ada = await sandbox.enter(primary, 'ada');
    const linus = await sandbox.enter(replica, 'linus');
    await started(ada, linus);
    await ada.call('share');
    await Promise.all([ada.untilTold('share started'), linus.untilSees()]);
    expect(Object.keys((await linus.seen()).present)).toContain(`${ada.seat.AttendeeId}#content`);
    await ada.call('stopShare');
    await linus.untilPresent('ada');
  });
});

describe('a viewer who is promoted', () => {
  it('is heard and seen by the presenter, mutes and writes, and is gone when demoted', async () => {
    const { ada, linus } = await promoteSomebody();
    await linus.call('startCamera');
    await Promise.all([ada.untilHears(), ada.untilSees()]);
    await linus.call('say', 'hello');
    await linus.call('demote');
    await Promise.all([linus.untilTold('demoted OK'), ada.untilPresent('ada'), linus.untilPresent('ada')]);
    await linus.untilTold('video unavailable');
    await ada.untilSilent();
    expect([(await ada.seen()).messages, await ada.call('tiles')]).toEqual([['promoted-linus: hello'], []]);
  });

  it('is demoted when their attendee on stage is deleted, and stays in the audience', async () => {
    const { ada, linus, onStage } = await promoteSomebody();
    await sandbox.chime.deleteAttendee({ MeetingId: primary.MeetingId, AttendeeId: onStage.AttendeeId });
    await linus.untilTold('demoted AudioVideoWasRemovedFromPrimaryMeeting');
    await Promise.all([ada, linus].map((person) => person.untilPresent('ada')));
  });

  it('comes back as a viewer when the network is lost, and can be promoted again', async () => {
    const { ada, linus, onStage } = await promoteSomebody();
    await outOfBand(sandbox.emulator, 'POST signaling/drops', { meetingId: replica.MeetingId });
    await linus.untilTold('demoted AudioVideoDisconnectedWhilePromoted');
    await linus.untilToldTimes('started', 2);
    await ada.untilPresent('ada');
    expect(await linus.call('promote', onStage)).toBe('OK');
    await Promise.all([ada.untilPresent('ada', 'promoted-linus'), ada.untilHears()]);
  });

  it('gets an error when the stage is full, and when the credentials are wrong', async () => {
    const linus = await sandbox.enter(replica, 'linus');
    const onStage = await sandbox.admit(primary, 'promoted-linus');
    await started(linus);
    const refusal = { frame: 'PRIMARY_MEETING_JOIN', fault: 'refuse' };
    await outOfBand(sandbox.emulator, 'POST signaling/faults', refusal);
    expect(await linus.call('promote', onStage)).toBe('AudioCallAtCapacity');
    expect(await linus.call('promote', { ...onStage, JoinToken: 'wrong' })).toBe(
      'AudioAuthenticationRejected',
    );
  });
});

describe('a client that is sent away', () => {
  it('learns that it was removed', async () => {
    const linus = await sandbox.enter(replica, 'linus');
    await started(linus);
    await sandbox.chime.deleteAttendee({
      MeetingId: replica.MeetingId,
      AttendeeId: linus.seat.AttendeeId,
    });
    await linus.untilTold('stopped AudioAttendeeRemoved');
  });

  it('learns that its meeting has ended, also when it joins after the end', async () => {
    const ada = await sandbox.enter(primary, 'ada');
    const linus = await sandbox.enter(replica, 'linus');
    const late = await sandbox.admit(replica, 'late');
    await started(ada, linus);
    await sandbox.chime.deleteMeeting(primary);
    const latecomer = await sandbox.enter(replica, late);
    await Promise.all([ada, linus, latecomer].map((person) => person.untilTold('stopped MeetingEnded')));
  });

  it('learns that it joined from another device', async () => {
    const first = await sandbox.enter(primary, 'ada');
    await started(first);
    const second = await sandbox.enter(primary, first.seat);
    await first.untilTold('stopped AudioJoinedFromAnotherDevice');
    await second.untilPresent('ada');
  });
});
