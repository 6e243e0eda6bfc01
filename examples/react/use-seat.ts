import { useEffect, useState } from 'react';
import { type Balcony, type Joined, Refusal } from '../../client/balcony.ts';

/** Where somebody is: waiting for a seat, in it, or turned away for good. */
export type Seat =
  | { status: 'waiting'; reason?: string }
  | { status: 'joined'; joined: Joined }
  | { status: 'refused'; code: string };

/** A seat is taken after the last one was given back, also where React's strict mode mounts twice within a moment. */
let givenBack: Promise<unknown> = Promise.resolve();

/** Take a seat while a component is mounted, and give it back afterwards, or when the page closes. */
export function useSeat(client: Balcony, meeting: string): Seat {
  const [seat, show] = useState<Seat>({ status: 'waiting' });
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const tell = (next: Seat) => signal.aborted || show(next);
    const onWaiting = ({ reason }: { reason: string }) => tell({ status: 'waiting', reason });
    givenBack
      .then(() => client.join(meeting, { signal, onWaiting }))
      .then(
        (joined) => tell({ status: 'joined', joined }),
        (error) => tell({ status: 'refused', code: error instanceof Refusal ? error.code : 'UNREACHABLE' }),
      );
    const leave = () => {
      givenBack = client.leave(meeting).catch(() => {});
    };
    addEventListener('pagehide', leave);
    return () => {
      leaving.abort();
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [client, meeting]);
  return seat;
}
