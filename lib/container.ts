/** What one Lambda container keeps from request to request. Each part is made at its first use. */
export interface Container {
  /** The SDK clients, by their makers. */
  clients: Map<object, unknown>;
  caches: Map<object, unknown>;
}

/** A container without caches. It has SDK clients of its own, or shares those of another container. */
export const createContainer = (
  { clients }: Pick<Container, 'clients'> = { clients: new Map() },
): Container => ({
  clients,
  caches: new Map(),
});

let current = createContainer();

export const currentContainer = (): Container => current;

/** Make this the current container. A deployed function has one; tests and simulations change between several. */
export function useContainer(container: Container): void {
  current = container;
}

/** A part of the current container. */
export function inContainer<Part>(parts: keyof Container, make: () => Part): () => Part {
  return () => {
    const made = current[parts];
    if (!made.has(make)) made.set(make, make());
    return made.get(make) as Part;
  };
}

/** A container keeps what it knows of at most this many names. */
const MOST_NAMES = 1000;

/** What the current container keeps for each name. Beyond a thousand names it forgets all, so it never grows without bound. */
export function perName<Value>() {
  const values = inContainer('caches', () => new Map<string, Value>());
  return {
    get: (externalMeetingId: string): Value | undefined => values().get(externalMeetingId),
    set: (externalMeetingId: string, value: Value): Value => {
      if (!values().has(externalMeetingId) && values().size >= MOST_NAMES) values().clear();
      values().set(externalMeetingId, value);
      return value;
    },
  };
}
