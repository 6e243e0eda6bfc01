/**
 * The part of React that is used here, so that the example compiles without it. Delete this if `@types/react` is installed.
 */
declare module 'react' {
  export function useState<State>(first: State): [State, (next: State) => void];
  export function useEffect(effect: () => undefined | (() => void), dependencies: unknown[]): void;
}

declare module 'react/jsx-runtime' {
  export namespace JSX {
    type Element = object;
    type IntrinsicElements = Record<'button' | 'p' | 'section', Record<string, unknown>>;
  }
  export const jsx: unknown;
  export const jsxs: unknown;
}
