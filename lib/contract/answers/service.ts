import * as z from 'zod/mini';

export const health = z.object({ status: z.literal('ok') });

export const openapi = z
  .looseObject({ openapi: z.string() })
  .check(z.meta({ description: 'An OpenAPI document.' }));
