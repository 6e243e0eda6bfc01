import { operation } from '../call/call.ts';
import { ListTagsRequest } from '../shapes/tags.ts';
import { taggedMeeting } from '../state/meetings/find-resource.ts';

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_ListTagsForResource.html */
export const listTagsForResource = operation({
  name: 'ListTagsForResource',
  method: 'GET',
  path: '/tags',
  input: ListTagsRequest,
  fromQuery: { arn: 'ResourceARN' },
  run(call, { ResourceARN }) {
    const { tags } = taggedMeeting(call, ResourceARN);
    return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
  },
});
