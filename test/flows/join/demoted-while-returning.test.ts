import { crossedSteps } from '../../support/budget.ts';
import { crossAt, prepareCrossing } from '../../support/crossing.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { stageFaults } from '../../support/stage/audit.ts';
import { onStageAtChime } from '../../support/stage/facts.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();
beforeAll(() => prepareCrossing());

const MOST_REQUESTS = 40;

/** A meeting with a host on stage and a viewer whom the host promoted. */
async function promoted() {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  await host.create({ meetingFeatures: { Attendee: { MaxCount: 60 } } });
  await host.seat();
  const vic = chime.person(name, 'vic');
  await vic.seat();
  await host.promote('vic');
  const reload = async () => {
    await vic.leave();
    return vic.join();
  };
  return { name, host, vic, reload, demote: () => host.demote('vic') };
}

type Meeting = Awaited<ReturnType<typeof promoted>>;

/** Crosses two requests at every step of the first, each time in a meeting of its own. */
async function atEveryStep(
  work: (meeting: Meeting) => Promise<unknown>,
  other: (meeting: Meeting) => Promise<unknown>,
  before: (meeting: Meeting) => Promise<unknown> = async () => {},
): Promise<void> {
  for (const n of crossedSteps(MOST_REQUESTS)) {
    const meeting = await promoted();
    await before(meeting);
    const { other: crossed } = await crossAt(
      n,
      () => work(meeting),
      () => other(meeting),
    );
    if (!crossed) return;
    if (crossed.status === 'rejected') await retried(crossed.reason, () => other(meeting));
    expect([n, (await meeting.vic.seat()).promoted]).toEqual([n, undefined]);
    expect([n, onStageAtChime(chime.world, meeting.name)]).toEqual([n, ['the-host']]);
    expect([n, await stageFaults(chime.world, meeting.name)]).toEqual([n, []]);
  }
  throw new Error(`the work had not ended after ${MOST_REQUESTS} requests`);
}

/** The other request may not wait for the work, which stands still meanwhile. Then its client retries. */
async function retried(refusal: unknown, ask: () => Promise<unknown>): Promise<void> {
  expect(refusal).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  await ask();
}

describe('a promoted viewer whose page reloads while a host demotes them', () => {
  it('stays in the seat, wherever the reload falls in the demotion', async () => {
    await atEveryStep(
      ({ demote }) => demote(),
      ({ reload }) => reload(),
    );
  });

  it('stays in the seat, wherever the demotion falls in the reload', async () => {
    await atEveryStep(
      ({ reload }) => reload(),
      ({ demote }) => demote(),
    );
  });

  it('stays in the seat, wherever the join falls in the demotion', async () => {
    await atEveryStep(
      ({ demote }) => demote(),
      ({ vic }) => vic.join(),
      ({ vic }) => vic.leave(),
    );
  });
});
