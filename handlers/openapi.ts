import { operations } from '../lib/contract.ts';
import { getOpenapi } from '../lib/flows/service/openapi.ts';
import { endpoint } from '../lib/http.ts';

/** GET /openapi.json */
export const handler = endpoint(operations.getOpenapi, getOpenapi);
