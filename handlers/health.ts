import * as routes from '../lib/contract/routes/service.ts';
import { getHealth } from '../lib/flows/service/health.ts';
import { endpoint } from '../lib/http.ts';

/** GET /health */
export const handler = endpoint(routes.getHealth, getHealth);
