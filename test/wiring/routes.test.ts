import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Operation } from '../../lib/contract/operation.ts';
import { operations } from '../../lib/contract.ts';
import { sendsUntil } from '../../lib/domain/meeting/clocks.ts';
import { readSettings } from '../../lib/settings.ts';
import { type FunctionDescription, readService } from '../support/service.ts';

const functions = Object.entries(readService().functions);
const served = (Object.values(operations) as Operation[]).filter((operation) => !operation.planned);
const routes = functions.flatMap(([name, { events }]) =>
  events.flatMap(({ httpApi }) => (httpApi ? [{ name, ...httpApi }] : [])),
);

const routeOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

function handlerOf({ handler }: FunctionDescription) {
  const [file = '', exported = ''] = handler.split('.');
  return { file: join(process.cwd(), `${file}.ts`), exported };
}

describe('the functions of serverless.yml', () => {
  it('serve every route of the contract that is not planned for later, and no other', () => {
    expect(routes.map(routeOf).sort()).toEqual(served.map(routeOf).sort());
  });

  it.each(functions)('%s has a handler', async (_, description) => {
    const { file, exported } = handlerOf(description);
    expect(existsSync(file)).toBe(true);
    expect(await import(file)).toEqual({ [exported]: expect.any(Function) });
  });

  // Lambda's Node 24 refuses them: https://aws.amazon.com/blogs/compute/node-js-24-runtime-now-available-in-aws-lambda/
  it.each(functions)('%s takes no callback', async (_, description) => {
    const { file, exported } = handlerOf(description);
    expect((await import(file))[exported].length).toBeLessThan(3);
  });

  it.each(routes.map((route) => [routeOf(route), route] as const))(
    '%s requires a token unless the contract declares the route open',
    (_, { authorizer, method, path }) => {
      const operation = served.find((each) => routeOf(each) === routeOf({ method, path }));
      expect(authorizer).toBe(operation?.open ? undefined : 'token');
    },
  );
});

describe('a function that holds a lease', () => {
  it('times out before its lease forbids it to send requests', () => {
    const { provider } = readService();
    const { leaseMs } = readSettings({});
    expect(provider.timeout * 1000).toBeLessThanOrEqual(sendsUntil({ owner: 'f', until: leaseMs }));
  });
});
