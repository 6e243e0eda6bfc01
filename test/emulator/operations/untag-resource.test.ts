import { openMeeting } from '../builders.ts';
import { atLeast, broken, refusalOf, UNKNOWN } from '../refusals.ts';
import { useChime } from '../support.ts';

const NO_MEETING = `arn:aws:chime:us-east-1:111122223333:meeting/${UNKNOWN}`;

describe('UntagResource', () => {
  const world = useChime();
  const untag = (more: object) =>
    world.chime.untagResource({ ResourceARN: NO_MEETING, TagKeys: ['team'], ...more });

  describe('serialisation', () => {
    it('answers 204 and nothing', async () => {
      const { MeetingArn: ResourceARN } = await openMeeting(world.chime);
      const { $metadata, ...body } = await untag({ ResourceARN });
      expect($metadata.httpStatusCode).toBe(204);
      expect(body).toEqual({});
    });
  });

  describe('validation', () => {
    it('refuses no keys', async () => {
      expect(await refusalOf(untag({ TagKeys: [] }))).toEqual(broken('tagKeys', atLeast(1)));
    });
  });

  describe('behaviour', () => {
    it('takes away the tags that are named and are there', async () => {
      const Tags = ['team', 'cost'].map((Key) => ({ Key, Value: 'x' }));
      const { MeetingArn: ResourceARN } = await openMeeting(world.chime, { Tags });
      await untag({ ResourceARN, TagKeys: ['team', 'absent'] });
      const listed = await world.chime.listTagsForResource({ ResourceARN });
      expect(listed.Tags).toEqual([{ Key: 'cost', Value: 'x' }]);
    });

    it('does not find a resource that never was', async () => {
      expect(await refusalOf(untag({}))).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
    });
  });
});
