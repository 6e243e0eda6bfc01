import { openMeeting } from '../builders.ts';
import { broken, NOT_NULL, refusalOf, UNKNOWN } from '../refusals.ts';
import { useChime } from '../support.ts';
import { TagCases } from './cases.ts';

const NO_MEETING = `arn:aws:chime:us-east-1:111122223333:meeting/${UNKNOWN}`;
const tags = (...keys: string[]) => keys.map((Key) => ({ Key, Value: 'value' }));

describe('TagResource', () => {
  const world = useChime();
  const tag = (more: object) =>
    world.chime.tagResource({ ResourceARN: NO_MEETING, Tags: tags('team'), ...more });
  const tagsOf = async (ResourceARN: string | undefined) =>
    (await world.chime.listTagsForResource({ ResourceARN })).Tags;

  describe('serialisation', () => {
    it('answers 204 with an empty body', async () => {
      const { MeetingArn: ResourceARN } = await openMeeting(world.chime);
      const { $metadata, ...body } = await tag({ ResourceARN });
      expect($metadata.httpStatusCode).toBe(204);
      expect(body).toEqual({});
    });
  });

  describe('validation', () => {
    it.each(TagCases)('refuses tags %s', async (_, Tags, at, constraint) => {
      expect(await refusalOf(tag({ Tags }))).toEqual(broken(at, constraint));
    });

    it.each([
      ['no list of tags', { Tags: undefined }, 'tags', NOT_NULL],
      ['no resource', { ResourceARN: undefined }, 'resourceARN', NOT_NULL],
    ])('refuses %s', async (_, more, at, constraint) => {
      expect(await refusalOf(tag(more))).toEqual(broken(at, constraint));
    });
  });

  describe('behaviour', () => {
    it('adds to the tags that the meeting was created with, and replaces values', async () => {
      const Tags = [{ Key: 'team', Value: 'red' }];
      const { MeetingArn: ResourceARN } = await openMeeting(world.chime, { Tags });
      await tag({ ResourceARN, Tags: tags('team', 'cost') });
      expect(await tagsOf(ResourceARN)).toEqual(tags('team', 'cost'));
    });

    it('changes nothing with an empty list of tags, which the model allows', async () => {
      const Tags = [{ Key: 'team', Value: 'red' }];
      const { MeetingArn: ResourceARN } = await openMeeting(world.chime, { Tags });
      expect((await tag({ ResourceARN, Tags: [] })).$metadata.httpStatusCode).toBe(204);
      expect(await tagsOf(ResourceARN)).toEqual(Tags);
    });

    it('answers 404 for a resource that never existed', async () => {
      expect(await refusalOf(tag({}))).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
    });

    it('refuses a fifty-first tag', async () => {
      const Tags = tags(...Array.from({ length: 50 }, (_, index) => `key${index}`));
      const { MeetingArn: ResourceARN } = await openMeeting(world.chime, { Tags });
      const refusal = await refusalOf(tag({ ResourceARN, Tags: tags('straw') }));
      expect(refusal).toMatchObject({ name: 'TooManyTagsException', status: 400 });
      expect(await tagsOf(ResourceARN)).toHaveLength(50);
    });
  });
});
