import { operation } from '../call/call.ts';
import { UntagResourceRequest } from '../shapes/tags.ts';
import { taggedMeeting } from '../state/meetings/find-resource.ts';

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_UntagResource.html */
export const untagResource = operation({
  name: 'UntagResource',
  method: 'POST',
  path: '/tags',
  query: 'untag-resource',
  input: UntagResourceRequest,
  run(call, { ResourceARN, TagKeys }) {
    const { tags } = taggedMeeting(call, ResourceARN);
    for (const key of TagKeys) tags.delete(key);
  },
});
