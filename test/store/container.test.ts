import {
  createContainer,
  currentContainer,
  inContainer,
  perName,
  useContainer,
} from '../../lib/container.ts';

const usual = currentContainer();
afterEach(() => useContainer(usual));

const cache = inContainer('caches', () => new Map<string, number>());
const client = inContainer('clients', () => ({}));
const known = perName<number>();

describe('a container', () => {
  it('makes each of its parts once, and keeps it while another container is in use', () => {
    useContainer(createContainer());
    const ours = currentContainer();
    cache().set('all-hands', 1);
    const before = client();
    useContainer(createContainer());
    expect(cache().size).toBe(0);
    expect(client()).not.toBe(before);
    useContainer(ours);
    expect(cache().get('all-hands')).toBe(1);
    expect(client()).toBe(before);
  });

  it('shares the SDK clients, but not the caches, of the container it is made from', () => {
    cache().set('all-hands', 1);
    const before = client();
    useContainer(createContainer(currentContainer()));
    expect(cache().size).toBe(0);
    expect(client()).toBe(before);
  });

  it('keeps something for each of a thousand names, and forgets all with one more', () => {
    useContainer(createContainer());
    for (let k = 0; k < 1000; k++) expect(known.set(`name-${k}`, k)).toBe(k);
    known.set('name-0', -1);
    expect([known.get('name-0'), known.get('name-999')]).toEqual([-1, 999]);
    known.set('one-more', 7);
    expect([known.get('name-0'), known.get('name-999'), known.get('one-more')]).toEqual([
      undefined,
      undefined,
      7,
    ]);
  });
});
