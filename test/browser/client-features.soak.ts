import { until } from '../../local/until.ts';
import { outOfBand } from '../emulator/out-of-band.ts';
import { type HowToEnter, type Person, type Place, useSandbox } from './support/sandbox.ts';
import { here } from './support/tab.ts';

/*
 * Counterparts of what AWS's own integration suite checks of its client, against the emulator: audio, video, content
 * share, reconnection, the end of a meeting, and the readiness checker. docs/aws-test-suites.md compares the two.
 */

const sandbox = useSandbox();

let meeting: Place;
beforeEach(async () => {
  meeting = await sandbox.primary();
});

/** Two people on one stage, both connected. */
async function twoPeople(how: HowToEnter = {}): Promise<{ ada: Person; grace: Person }> {
  const ada = await sandbox.enter(meeting, 'ada', how);
  const grace = await sandbox.enter(meeting, 'grace', how);
  await Promise.all([ada, grace].map((person) => person.untilPresent('ada', 'grace')));
  await Promise.all([ada, grace].map((person) => person.untilTold('started')));
  return { ada, grace };
}

const isMuted = async (seenBy: Person, person: Person) =>
  (await seenBy.seen()).volumes[person.seat.AttendeeId]?.muted === true;

/** A muted person hears another. The emulator forwards the loudest voice only, so the listener's own could be in the way. */
async function untilHearsMuted(listener: Person) {
  await listener.call('mute');
  await listener.untilHears();
  await listener.call('unmute');
}

async function untilBothHear(ada: Person, grace: Person) {
  await untilHearsMuted(grace);
  await untilHearsMuted(ada);
}

const untilTiles = (person: Person, names: string[]) =>
  until(async () => `${(await person.call<string[]>('tiles')).sort()}` === `${names}`);

describe('audio', () => {
  it('goes both ways, stops with mute, and comes back with unmute', async () => {
    const { ada, grace } = await twoPeople({ speaks: true });
    await untilBothHear(ada, grace);
    await ada.call('mute');
    await until(async () => isMuted(grace, ada));
    await grace.untilSilent();
    await ada.call('unmute');
    await until(async () => !(await isMuted(grace, ada)));
    await untilHearsMuted(grace);
  });
});

describe('video', () => {
  it('of two cameras reaches the other person, and stops with its camera alone', async () => {
    const { ada, grace } = await twoPeople();
    await Promise.all([ada.call('startCamera'), grace.call('startCamera')]);
    await Promise.all([
      ada.untilSees(),
      grace.untilSees(),
      untilTiles(ada, ['grace']),
      untilTiles(grace, ['ada']),
    ]);
    await ada.call('stopCamera');
    await Promise.all([untilTiles(grace, []), ada.untilSees()]);
  });
});

describe('a content share', () => {
  it('of two people at once reaches all others, also a person who joins later', async () => {
    const { ada, grace } = await twoPeople();
    await Promise.all([ada.call('share'), grace.call('share')]);
    await Promise.all([ada, grace].map((person) => person.untilTold('share started')));
    const late = await sandbox.enter(meeting, 'late');
    const shares = [ada, grace].map(({ seat }) => `${seat.AttendeeId}#content`).sort();
    for (const person of [ada, grace, late])
      await until(async () => {
        const present = Object.keys((await person.seen()).present);
        return shares.every((share) => present.includes(share));
      });
    await late.untilSees();
    await ada.call('stopShare');
    await until(
      async () => !Object.keys((await late.seen()).present).includes(`${ada.seat.AttendeeId}#content`),
    );
    await late.untilSees();
  });

  it('ends with the page of the person who shares', async () => {
    const { ada, grace } = await twoPeople();
    await ada.call('share');
    await grace.untilSees();
    await ada.close();
    await grace.untilPresent('grace');
  });
});

describe('a lost connection', () => {
  it('of a person on stage comes back by itself, with sound and picture both ways', async () => {
    const { ada, grace } = await twoPeople({ speaks: true });
    await Promise.all([ada.call('startCamera'), grace.call('startCamera')]);
    await Promise.all([ada.untilSees(), grace.untilSees()]);
    const { MeetingId: meetingId } = meeting;
    await outOfBand(sandbox.emulator, 'POST signaling/drops', { meetingId, attendeeId: ada.seat.AttendeeId });
    await ada.untilTold('reconnecting');
    await ada.untilToldTimes('started', 2);
    await Promise.all([ada, grace].map((person) => person.untilPresent('ada', 'grace')));
    await Promise.all([untilBothHear(ada, grace), ada.untilSees(), grace.untilSees()]);
    expect((await grace.seen()).told).toContain('ada dropped');
  });
});

describe('the end of a meeting', () => {
  it('reaches everyone in it, with a share and cameras on, and empties the roster of the emulator', async () => {
    const { ada, grace } = await twoPeople();
    await Promise.all([ada.call('startCamera'), ada.call('share')]);
    await grace.untilSees();
    await sandbox.chime.deleteMeeting(meeting);
    await Promise.all([ada, grace].map((person) => person.untilTold('stopped MeetingEnded')));
    const { body: connections } = await outOfBand(sandbox.emulator, 'GET signaling/connections');
    expect(connections).toEqual([]);
  });
});

describe('the readiness checker of the client', () => {
  it('finds devices, audio, video, UDP and content share ready', async () => {
    const ada = await sandbox.enter(meeting, 'ada');
    await ada.untilTold('started');
    expect(here(await ada.seen())).toContain('ada');
    const place = await sandbox.primary();
    expect(await ada.call('checkReadiness', place, await sandbox.admit(place, 'checker'))).toEqual({
      AudioInput: 'Succeeded',
      VideoInput: 'Succeeded',
      CameraResolution: 'Succeeded',
      AudioConnectivity: 'Succeeded',
      VideoConnectivity: 'Succeeded',
      NetworkUDPConnectivity: 'Succeeded',
      ContentShareConnectivity: 'Succeeded',
    });
  });
});
