/** A pause that lasts until the test opens it. */
export interface Gate {
  /** Wait here until the gate is open. */
  pause: () => Promise<void>;
  /** Resolves when the first caller waits. */
  reached: Promise<void>;
  open: () => void;
}

export function aGate(): Gate {
  let open = () => {};
  let arrive = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  const pause = () => {
    arrive();
    return opened;
  };
  return { pause, reached, open };
}
