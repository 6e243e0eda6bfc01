import * as z from 'zod';
import { Arn, Tag, TagKey } from './primitives.ts';

export const TagResourceRequest = z.object({ ResourceARN: Arn, Tags: z.array(Tag).min(1).max(50) });

export const UntagResourceRequest = z.object({ ResourceARN: Arn, TagKeys: z.array(TagKey).min(1).max(50) });

export const ListTagsRequest = z.object({ arn: Arn });
