import * as routes from '../lib/contract/routes/service.ts';
import { getOpenapi } from '../lib/flows/service/openapi.ts';
import { endpoint } from '../lib/http.ts';

/** GET /openapi.json */
export const handler = endpoint(routes.getOpenapi, getOpenapi);
