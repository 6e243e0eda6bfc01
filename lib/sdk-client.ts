/** The parts of an SDK client that are changed. */
interface Client {
  config: object;
  middlewareStack: { remove: (name: string) => boolean };
}

type Signer = (...scheme: unknown[]) => Promise<unknown>;

/**
 * Make an SDK client leave out two things that it does for every request and that change nothing here:
 * 1. It constructs a signer from a copy of its whole configuration. One signer serves: it asks the client's provider for the
 *    credentials at each request, and a client has one region.
 * 2. It copies input and output for a logger. The SDK's default logger writes nothing.
 */
export function lighten<C extends object>(client: C): C {
  const { config, middlewareStack } = client as unknown as Client;
  const { signer: make } = config as { signer: Signer };
  let made: Promise<unknown> | undefined;
  const signer: Signer = (...scheme) => {
    made ??= make(...scheme).catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
  Object.assign(config, { signer });
  middlewareStack.remove('loggerMiddleware');
  return client;
}
