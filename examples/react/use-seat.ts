import { useEffect, useState } from 'react';
import { type Balcony, type Joined, Refusal } from '../../client/balcony.ts';

/** The state of the seat: waiting, seated, or refused for good. */
export type Seat =
  | { status: 'waiting'; reason?: string }
  | { status: 'joined'; joined: Joined }
  | { status: 'refused'; code: string };

/** A join waits until the last seat was returned, also when React's strict mode mounts twice in a row. */
let givenBack: Promise<unknown> = Promise.resolve();

/** Holds a seat while a component is mounted, and returns it afterwards or when the page closes. */
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
