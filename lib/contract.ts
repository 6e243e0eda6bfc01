import * as z from 'zod/mini';
import type { Operation } from './contract/operation.ts';
import { ledgerOperations } from './contract/operations-ledger.ts';
import { meetingOperations } from './contract/operations-meetings.ts';
import { moderationOperations } from './contract/operations-moderation.ts';
import { stageOperations } from './contract/operations-stage.ts';

const serviceOperations = {
  getHealth: {
    operationId: 'getHealth',
    method: 'GET',
    path: '/health',
    summary: 'Ask whether the service is alive',
    roles: 'any',
    open: true,
    answers: { 200: z.object({ status: z.literal('ok') }) },
    refusals: [],
  },
  getOpenapi: {
    operationId: 'getOpenapi',
    method: 'GET',
    path: '/openapi.json',
    summary: 'Get this document',
    roles: 'any',
    open: true,
    answers: {
      200: z.looseObject({ openapi: z.string() }).check(z.meta({ description: 'An OpenAPI document.' })),
    },
    refusals: [],
  },
} as const satisfies Record<string, Operation>;

/** Every route of the contract, by the name of its flow. */
export const operations = {
  ...meetingOperations,
  ...moderationOperations,
  ...ledgerOperations,
  ...stageOperations,
  ...serviceOperations,
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
