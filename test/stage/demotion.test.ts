import type { Topology } from '../../lib/domain/meeting/topology.ts';
import { claimRemoval } from '../../lib/store/participant/places.ts';
import { freshTopology } from '../../lib/store/topology/topologies.ts';
import type { TestWorld } from '../support/local-world.ts';
import { refusalOf, uniqueMeetingId } from '../support/people.ts';
import { clock } from '../support/skipping-clock.ts';
import { isGood, onStageAtChime, startStage, strike } from '../support/stage/facts.ts';
import { audience, credentialOf, someone } from '../support/stage/people.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startStage();
});
afterAll(() => world.close());

/** A meeting whose viewer vic was promoted, and the credentials of vic. */
async function promoted() {
  const name = uniqueMeetingId();
  const { host } = await audience(name, ['vic', 'other']);
  await host.promote('vic');
  const vic = someone(name, 'vic');
  const { Attendee, primaryMeetingId } = await credentialOf(vic);
  return { name, host, vic, credential: { meetingId: primaryMeetingId, attendeeId: Attendee.AttendeeId } };
}

describe('demoting a person', () => {
  it.each([
    ['a host', 'the-host', 'host'],
    ['a presenter', 'pia', 'presenter'],
    ['the promoted viewer', 'vic', 'viewer'],
  ] as const)('takes their credential away at once, by %s', async (_, who, role) => {
    const { name, vic, credential } = await promoted();
    expect(isGood(world, credential)).toBe(true);
    expect((await someone(name, who, { role }).demote('vic')).status).toBe(204);
    expect(isGood(world, credential)).toBe(false);
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
    expect(await refusalOf(vic.promotion())).toBe('NOT_PROMOTED');
  });

  it('is refused to another viewer, promoted or not, for any target', async () => {
    const { name, host, credential } = await promoted();
    await host.promote('other');
    expect(await refusalOf(someone(name, 'other').demote('vic'))).toBe('FORBIDDEN');
    expect(await refusalOf(someone(name, 'other').demote('the-host'))).toBe('FORBIDDEN');
    expect(await refusalOf(someone(uniqueMeetingId(), 'other').demote('vic'))).toBe('FORBIDDEN');
    expect(isGood(world, credential)).toBe(true);
  });

  it('is refused in an unknown meeting', async () => {
    expect(await refusalOf(someone(uniqueMeetingId(), 'ida', { role: 'host' }).demote('vic'))).toBe(
      'MEETING_NOT_FOUND',
    );
  });

  it('leaves the person the seat', async () => {
    const { host, vic } = await promoted();
    const before = await vic.seat();
    await host.demote('vic');
    expect((await vic.seat()).Attendee).toEqual(before.Attendee);
  });

  it('is idempotent, and succeeds for a person who was never on stage', async () => {
    const { name, host } = await promoted();
    await host.demote('vic');
    expect((await host.demote('vic')).status).toBe(204);
    expect((await host.demote('other')).status).toBe(204);
    expect((await host.demote('a-stranger')).status).toBe(204);
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
  });

  it('leaves people on stage who are there by their role', async () => {
    const { name, host } = await promoted();
    const pia = someone(name, 'pia', { role: 'presenter' });
    const before = await pia.seat();
    await host.demote('pia');
    await pia.demote('the-host');
    expect(onStageAtChime(world, name)).toEqual(['pia', 'the-host', 'vic']);
    expect((await pia.seat()).Attendee).toEqual(before.Attendee);
  });

  it('finishes the removal that a reconciler began before it crashed', async () => {
    const { name, host, credential } = await promoted();
    const now = clock.now();
    const topology = (await freshTopology(name, now)) as Topology;
    const vic = { externalUserId: 'vic', role: 'viewer' } as const;
    const removal = { lease: { owner: 'the-crashed', until: now - 1 }, held: credential.attendeeId };
    const subject = { topology, caller: vic, knownEpoch: topology.epoch };
    expect(await claimRemoval(subject, { ...removal, isBanned: false, now })).toBe('done');
    expect((await host.demote('vic')).status).toBe(204);
    expect(isGood(world, credential)).toBe(false);
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
  });

  it('lets the person be promoted again, with another credential', async () => {
    const { host, vic, credential } = await promoted();
    await host.demote('vic');
    await host.promote('vic');
    const next = await credentialOf(vic);
    expect(next.Attendee.AttendeeId).not.toBe(credential.attendeeId);
    expect(isGood(world, credential)).toBe(false);
  });
});

describe('demoting a person while Chime fails', () => {
  it('succeeds when only the response was lost', async () => {
    const { host, credential } = await promoted();
    strike(world, 'DeleteAttendee', { fault: 'timeout-after' });
    expect((await host.demote('vic')).status).toBe(204);
    expect(isGood(world, credential)).toBe(false);
  });

  it('reports the failure, and a retry deletes the credential', async () => {
    const { name, host, vic, credential } = await promoted();
    strike(world, 'DeleteAttendee', { fault: 'error-500', times: 3 });
    expect(await refusalOf(host.demote('vic'))).toBe('UPSTREAM_UNAVAILABLE');
    expect(await refusalOf(vic.promotion())).toBe('NOT_PROMOTED');
    expect((await host.demote('vic')).status).toBe(204);
    expect(isGood(world, credential)).toBe(false);
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
  });

  it('never reports success before it is done, for any caller of the retry', async () => {
    const { name, host, vic, credential } = await promoted();
    strike(world, 'DeleteAttendee', { fault: 'error-500', times: 6 });
    const callers = [host, vic, someone(name, 'pia', { role: 'presenter' })];
    for (const one of callers) {
      const answer = await one.demote('vic').catch((refusal) => refusal);
      if (answer.status === 204) expect(isGood(world, credential)).toBe(false);
      else expect(answer.code).toBe('UPSTREAM_UNAVAILABLE');
    }
    expect(isGood(world, credential)).toBe(false);
  });
});
