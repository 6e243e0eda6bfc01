import { openMeeting } from '../builders.ts';
import { atMost, broken, refusalOf, UNKNOWN } from '../refusals.ts';
import { useChime } from '../support.ts';

describe('ListTagsForResource', () => {
  const world = useChime();
  const list = (ResourceARN: string | undefined) => world.chime.listTagsForResource({ ResourceARN });

  describe('serialisation', () => {
    it('answers 200 with the tags', async () => {
      const Tags = [{ Key: 'team', Value: 'red' }];
      const { MeetingArn } = await openMeeting(world.chime, { Tags });
      const answer = await list(MeetingArn);
      expect(answer.$metadata.httpStatusCode).toBe(200);
      expect(answer.Tags).toEqual(Tags);
    });
  });

  describe('validation', () => {
    it.each([
      ['what is no ARN', 'meeting', 'Member must satisfy regular expression pattern: ^arn:.*'],
      ['an ARN that is too long', `arn:${'x'.repeat(1010)}`, atMost(1011)],
    ])('refuses %s', async (_, arn, constraint) => {
      expect(await refusalOf(list(arn))).toEqual(broken('resourceARN', constraint));
    });
  });

  describe('behaviour', () => {
    it('lists nothing for a meeting without tags', async () => {
      expect((await list((await openMeeting(world.chime)).MeetingArn)).Tags).toEqual([]);
    });

    it('answers 404 for a resource that never existed', async () => {
      const refusal = await refusalOf(list(`arn:aws:chime:us-east-1:111122223333:meeting/${UNKNOWN}`));
      expect(refusal).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
    });
  });
});
