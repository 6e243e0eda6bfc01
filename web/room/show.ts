import type { Joined, Waiting } from '../../client/balcony.ts';
import { cityOf } from '../cities.ts';
import { byId } from '../dom.ts';
import type { Visitor } from './visitor.ts';
import { PROBLEM, startWords, WAITING } from './words.ts';

const VIEWS = ['entrance', 'waiting', 'room'] as const;

/** Shows one of the three views, and moves the focus to its heading for screen readers. */
export function showOnly(view: (typeof VIEWS)[number]): void {
  for (const each of VIEWS) byId(each).hidden = each !== view;
  if (view !== 'entrance') byId(`${view}-title`).focus();
}

/** Shows why the person waits. Repeated only when the reason changes, because the service is asked about every second. */
export function showWaiting({ reason, detail, startsAt }: Omit<Waiting, 'retryAfterMs'>): void {
  if (byId('waiting').hidden) showOnly('waiting');
  const why = startsAt ? startWords(startsAt) : WAITING[reason];
  const words = detail ? `${why} ${PROBLEM}` : why;
  byId('waiting-title').textContent = 'You are waiting';
  byId('waiting-problem').textContent = detail ?? '';
  byId('waiting-details').hidden = !detail;
  if (byId('waiting-words').textContent === words) return;
  byId('waiting-words').textContent = words;
  byId('news').textContent = words;
}

export const MUTED_ON_ENTRY = 'You are muted until a host lets you speak.';

/** Whether Chime accepts no audio of this attendee, whatever the page sends. */
export const isMuted = ({ Capabilities }: Joined['Attendee']): boolean =>
  Capabilities?.Audio === 'Receive' || Capabilities?.Audio === 'None';

/** Shows the room after a join. */
export function showJoined({ meeting }: Visitor, { role, Attendee, placement }: Joined): void {
  byId('room-title').textContent = meeting;
  byId('role').textContent = role === 'viewer' ? 'Viewer' : role === 'host' ? 'Host' : 'Presenter';
  byId('city').textContent = cityOf(placement.mediaRegion);
  byId('waiting-words').textContent = '';
  const isSilent = role !== 'viewer' && isMuted(Attendee);
  byId('news').textContent = `You have joined ${meeting}.${isSilent ? ` ${MUTED_ON_ENTRY}` : ''}`;
  showOnly('room');
}
