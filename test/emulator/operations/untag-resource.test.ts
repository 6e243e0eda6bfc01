import { openMeeting } from '../builders.ts';
import { broken, NOT_NULL, refusalOf, UNKNOWN } from '../refusals.ts';
import { useChime } from '../support.ts';

const NO_MEETING = `arn:aws:chime:us-east-1:111122223333:meeting/${UNKNOWN}`;

describe('UntagResource', () => {
  const world = useChime();
  const untag = (more: object) =>
    world.chime.untagResource({ ResourceARN: NO_MEETING, TagKeys: ['team'], ...more });

  describe('serialisation', () => {
    it('answers 204 with an empty body', async () => {
      const { MeetingArn: ResourceARN } = await openMeeting(world.chime);
      const { $metadata, ...body } = await untag({ ResourceARN });
      expect($metadata.httpStatusCode).toBe(204);
      expect(body).toEqual({});
    });
  });

  describe('validation', () => {
    it('refuses a request without a list of keys', async () => {
      expect(await refusalOf(untag({ TagKeys: undefined }))).toEqual(broken('tagKeys', NOT_NULL));
    });
  });

  describe('behaviour', () => {
    it('removes the named tags that exist', async () => {
      const Tags = ['team', 'cost'].map((Key) => ({ Key, Value: 'x' }));
      const { MeetingArn: ResourceARN } = await openMeeting(world.chime, { Tags });
      await untag({ ResourceARN, TagKeys: ['team', 'absent'] });
      const listed = await world.chime.listTagsForResource({ ResourceARN });
      expect(listed.Tags).toEqual([{ Key: 'cost', Value: 'x' }]);
    });

    it('changes nothing with an empty list of keys, which the model allows', async () => {
      const Tags = [{ Key: 'team', Value: 'x' }];
      const { MeetingArn: ResourceARN } = await openMeeting(world.chime, { Tags });
      expect((await untag({ ResourceARN, TagKeys: [] })).$metadata.httpStatusCode).toBe(204);
      expect((await world.chime.listTagsForResource({ ResourceARN })).Tags).toEqual(Tags);
    });

    it('answers 404 for a resource that never existed', async () => {
      expect(await refusalOf(untag({}))).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
    });
  });
});
