import { build } from 'esbuild';

/** Enough of React to run one component: state, effects, and a tree of plain objects. */
interface Element {
  type: string;
  props: { children?: unknown; onClick?: () => void };
}

type Cleanup = (() => void) | undefined;
type Effect = { run: () => Cleanup; dependencies: unknown[]; cleanup?: Cleanup };

let current: { states: unknown[]; effects: Effect[]; at: number; again: () => void };

export const react = {
  useState<State>(first: State): [State, (next: State) => void] {
    const { states, again } = current;
    const at = current.at++;
    if (!(at in states)) states[at] = first;
    const set = (next: State) => {
      states[at] = next;
      again();
    };
    return [states[at] as State, set];
  },
  useEffect(run: () => Cleanup, dependencies: unknown[]) {
    const { effects } = current;
    const at = current.at++;
    const old = effects[at];
    if (old?.dependencies.every((one, index) => one === dependencies[index])) return;
    old?.cleanup?.();
    effects[at] = { run, dependencies };
  },
  jsx: (type: string, props: Element['props']): Element => ({ type, props }),
};

/** Show a component, and show it again whenever its state changes. */
export function mount(component: () => unknown) {
  let tree: unknown;
  let mounted = true;
  const kept = { states: [] as unknown[], effects: [] as Effect[], at: 0, again: () => {} };
  kept.again = () => {
    if (!mounted) return;
    Object.assign(kept, { at: 0 });
    current = kept;
    tree = component();
    for (const effect of kept.effects) if (effect && !('cleanup' in effect)) effect.cleanup = effect.run();
  };
  kept.again();
  return {
    text: () => textOf(tree),
    press: () => buttonIn(tree)?.props.onClick?.(),
    unmount: () => {
      mounted = false;
      for (const effect of kept.effects) effect?.cleanup?.();
    },
  };
}

const childrenOf = (node: unknown) => [(node as Element | undefined)?.props?.children].flat();

function textOf(node: unknown): string {
  if (typeof node === 'string') return node;
  return typeof node === 'object' ? childrenOf(node).map(textOf).join('') : '';
}

function buttonIn(node: unknown): Element | undefined {
  if ((node as Element | undefined)?.type === 'button') return node as Element;
  return typeof node === 'object' ? childrenOf(node).map(buttonIn).find(Boolean) : undefined;
}

/** The component as a bundler makes it of its source, over this React. */
export async function bundledAudience() {
  const { outputFiles } = await build({
    entryPoints: ['examples/react/audience.tsx'],
    bundle: true,
    write: false,
    format: 'cjs',
    jsx: 'automatic',
    external: ['react', 'react/jsx-runtime'],
    logLevel: 'silent',
  });
  const module = { exports: {} as { Audience: (props: object) => unknown } };
  const jsxRuntime = { jsx: react.jsx, jsxs: react.jsx };
  const require = (name: string) => (name === 'react' ? react : jsxRuntime);
  const page = { addEventListener: () => {}, removeEventListener: () => {} };
  const names = ['module', 'exports', 'require', ...Object.keys(page)];
  new Function(...names, outputFiles[0]?.text ?? '')(module, module.exports, require, ...Object.values(page));
  return module.exports;
}
