import { invariantViolations } from '../../races/audit.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();
const presenter = (name: string, user: string) => chime.person(name, user, { role: 'presenter' });

describe('a primary that died before it was published', () => {
  it('delays no presenter, because its request token belongs to its epoch', async () => {
    const name = uniqueMeetingId();
    chime.strike('CreateMeetingWithAttendees', 'timeout-after', 3);
    expect((await presenter(name, 'ada').join()).status).toBe(202);
    chime.kill(chime.live(name)[0]);
    const { epoch } = await chime.persist(presenter(name, 'ada').join);
    expect(epoch).toBe(2);
    expect(await invariantViolations(chime.world, name)).toEqual([]);
  });
});

describe('where Chime answers ForbiddenException to what is done already', () => {
  it('a presenter can leave whose attendee is deleted', async () => {
    chime.chimeWill({ secondDeleteError: 'ForbiddenException' });
    const name = uniqueMeetingId();
    await chime.persist(presenter(name, 'ada').join);
    chime.strike('DeleteAttendee', 'timeout-after');
    expect((await presenter(name, 'ada').leave()).status).toBe(204);
  });

  it('a viewer is seated in the next epoch, though the dead primary caused the rejection', async () => {
    chime.chimeWill({ primaryError: 'ForbiddenException' });
    const name = uniqueMeetingId();
    await chime.persist(presenter(name, 'ada').join);
    chime.kill(chime.live(name)[0]);
    expect((await chime.person(name, 'vera').join()).status).toBe(202);
    await chime.persist(presenter(name, 'ada').join);
    expect((await chime.persist(chime.person(name, 'vera').join)).epoch).toBe(2);
  });
});

describe('where Chime rejects a replica without naming the state of the primary', () => {
  it('viewers wait, and no replica is abandoned', async () => {
    const name = uniqueMeetingId();
    await chime.persist(presenter(name, 'ada').join);
    chime.kill(chime.live(name)[0]);
    chime.strike('GetMeeting', 'error-500', 3);
    for (const _ of ['not known', 'known'])
      expect((await chime.person(name, 'vera').join()).status).toBe(202);
    await chime.persist(presenter(name, 'ada').join);
    const seated = await chime.persist(chime.person(name, 'vera').join);
    expect(seated).toMatchObject({ epoch: 2, placement: { ordinal: 0 } });
  });
});
