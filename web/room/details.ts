import type { Joined, Topology } from '../../client/balcony.ts';
import { cityOf } from '../cities.ts';
import { byId, element } from '../dom.ts';
import { attempt } from './said.ts';

/**
 * Shows the facts behind a session in the terms of the service, for hosts and for the curious. The facts sit behind a
 * disclosure, and the rest of the page uses none of these terms. Hosts and presenters also see the problems of the
 * meeting, which are read when the disclosure is open.
 */
export function showDetails({ role, placement, epoch }: Joined, look: () => Promise<Topology>): void {
  const { kind, ordinal, mediaRegion, rttMs, reason } = placement;
  const problems = element('dd', { textContent: 'not read yet' });
  byId('facts').replaceChildren(
    fact('Epoch', `${epoch}`),
    fact('Chime meeting', kind === 'primary' ? 'primary' : `replica ${ordinal}`),
    fact('Media region', `${cityOf(mediaRegion)} (${mediaRegion})`),
    fact('Placement', rttMs === undefined ? reason : `${reason}, ${rttMs} ms`),
    ...(role === 'viewer' ? [] : [fact('Problems', problems)]),
  );
  const readProblems = () => {
    if (role === 'viewer' || !details.open) return;
    return attempt(async () => {
      const { problems: found = [] } = await look();
      problems.textContent = found.map(({ detail }) => detail).join(' ') || 'none';
    });
  };
  const details = byId<HTMLDetailsElement>('details');
  details.ontoggle = readProblems;
  readProblems();
}

function fact(name: string, value: string | HTMLElement): HTMLElement {
  const given = typeof value === 'string' ? element('dd', { textContent: value }) : value;
  return element('div', {}, element('dt', { textContent: name }), ' ', given);
}
