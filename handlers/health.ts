import { operations } from '../lib/contract.ts';
import { getHealth } from '../lib/flows/service/health.ts';
import { endpoint } from '../lib/http.ts';

/** GET /health */
export const handler = endpoint(operations.getHealth, getHealth);
