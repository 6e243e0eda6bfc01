import * as z from 'zod';
import { Arn, Tag, TagKey } from './primitives.ts';

/** The model allows an empty list of tags or of keys; it changes nothing. */
export const TagResourceRequest = z.object({ ResourceARN: Arn, Tags: z.array(Tag).max(50) });

export const UntagResourceRequest = z.object({ ResourceARN: Arn, TagKeys: z.array(TagKey).max(50) });

export const ListTagsRequest = z.object({ ResourceARN: Arn });
