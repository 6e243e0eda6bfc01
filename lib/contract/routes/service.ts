import type { Route } from '../operation.ts';

export const getHealth = {
  operationId: 'getHealth',
  method: 'GET',
  path: '/health',
  summary: 'Ask whether the service is alive',
  roles: 'any',
  open: true,
  refusals: [],
} as const satisfies Route;

export const getOpenapi = {
  operationId: 'getOpenapi',
  method: 'GET',
  path: '/openapi.json',
  summary: 'Get this document',
  roles: 'any',
  open: true,
  refusals: [],
} as const satisfies Route;
