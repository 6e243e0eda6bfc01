import { operations } from '../../lib/contract.ts';
import { joinMeeting } from '../../lib/flows/join/join-meeting.ts';
import { createMeeting } from '../../lib/flows/meeting/create.ts';
import { provisionSeats } from '../../lib/flows/opening/provision-seats.ts';
import { type Deps, endpoint, type Handler } from '../../lib/http.ts';
import { settings } from '../../lib/settings.ts';
import { chanceOf } from '../chance.ts';
import type { Deployment } from './deployment.ts';

/** The external meeting id of a bench. */
export const NAME = 'launch';

/** The routes that a crowd needs, as `handlers/` serves them, with the time and randomness of a deployment. */
export type Routes = Record<'create' | 'join' | 'provision', Handler>;

export function routesOf(deployment: Deployment, seed: number): Routes {
  const deps = depsOf(deployment, seed);
  return {
    create: endpoint(operations.createMeeting, createMeeting, deps),
    join: endpoint(operations.joinMeeting, joinMeeting, deps),
    provision: endpoint(operations.provisionSeats, provisionSeats, deps),
  };
}

/** The time and randomness of a deployment. */
export const depsOf = ({ clock }: Deployment, seed: number): Deps => ({
  now: () => Math.floor(clock.now),
  random: chanceOf(seed, 'calls').next,
  pause: (ms) => new Promise((resolve) => clock.after(ms, resolve, clock.container)),
  settings,
  write: () => {},
});

/** The event that API Gateway hands over: a caller whose token was verified, and a JSON body. */
export function eventOf(caller: { sub: string; role: string }, body: object, name = NAME): object {
  return {
    headers: { 'content-type': 'application/json' },
    pathParameters: { externalMeetingId: name },
    requestContext: { authorizer: { jwt: { claims: caller } } },
    body: JSON.stringify(body),
  };
}
