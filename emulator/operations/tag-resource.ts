import { operation } from '../call/call.ts';
import { ChimeError } from '../errors.ts';
import { TagResourceRequest } from '../shapes/tags.ts';
import { taggedMeeting } from '../state/meetings/find-resource.ts';

const MAX_TAGS = 50;

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_TagResource.html */
export const tagResource = operation({
  name: 'TagResource',
  method: 'POST',
  path: '/tags',
  query: 'tag-resource',
  input: TagResourceRequest,
  run(call, { ResourceARN, Tags }) {
    const meeting = taggedMeeting(call, ResourceARN);
    const tags = new Map([...meeting.tags, ...Tags.map(({ Key, Value }) => [Key, Value] as const)]);
    if (tags.size > MAX_TAGS) {
      const members = { ResourceName: ResourceARN };
      throw new ChimeError('TooManyTagsException', 'Too many tags', { members });
    }
    meeting.tags = tags;
  },
});
