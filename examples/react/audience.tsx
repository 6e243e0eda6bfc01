import { useEffect, useState } from 'react';
import type { Balcony, Joined } from '../../client/balcony.ts';
import { useSeat } from './use-seat.ts';

interface AudienceProps {
  client: Balcony;
  meeting: string;
  /** Starts the Chime client: `new MeetingSessionConfiguration(joined.Meeting, joined.Attendee)`. */
  onSeat: (joined: Joined) => void;
}

const WORDS: Record<string, string> = {
  'not-started': 'The event has not started yet.',
  'not-live': 'The hosts are still preparing.',
  'no-presenter': 'No presenter is on stage yet.',
  opening: 'A place is being prepared for you.',
  busy: 'Many come at once.',
  BANNED: 'A host has banned you.',
  MEETING_FULL: 'The meeting is full.',
  MEETING_ENDED: 'This meeting has ended.',
  MEETING_NOT_FOUND: 'This meeting has not begun.',
};

/** One viewer's place in the audience of a meeting, with a hand to raise. */
export function Audience({ client, meeting, onSeat }: AudienceProps) {
  const seat = useSeat(client, meeting);
  const [isUp, setUp] = useState(false);
  useEffect(() => {
    if (seat.status === 'joined') onSeat(seat.joined);
  }, [seat, onSeat]);

  if (seat.status === 'waiting') return <p role="status">{WORDS[seat.reason ?? ''] ?? 'One moment …'}</p>;
  if (seat.status === 'refused') return <p role="alert">{WORDS[seat.code] ?? 'That did not work.'}</p>;
  const raise = () => client.hand(meeting, isUp ? 'down' : 'up').then(() => setUp(!isUp));
  return (
    <section>
      <p role="status">You are in.</p>
      <button type="button" aria-pressed={isUp} onClick={raise}>
        {isUp ? 'Lower my hand' : 'Raise my hand'}
      </button>
    </section>
  );
}
