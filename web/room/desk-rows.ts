import type { Attendee, HandPage, Joined } from '../../client/types.ts';
import { element, type Row } from '../dom.ts';

/** What a host or presenter does to one person. */
export type PersonActions = Record<
  'promote' | 'lowerHand' | 'demote' | 'mute' | 'unmute' | 'remove' | 'ban',
  (who: string) => void
>;

/** A raised hand, and the button that brings whose it is on stage. */
export function handRow(
  { externalUserId, displayName, raisedAt }: HandPage['hands'][number],
  actions: PersonActions,
): Row {
  const who = { externalUserId, displayName };
  const since = new Date(raisedAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return {
    key: externalUserId,
    shows: { raisedAt, displayName },
    make: () =>
      element(
        'li',
        {},
        ...nameOf(who),
        element('span', { className: 'soft small', textContent: since }),
        button('Bring on stage', who, actions.promote),
        button('Lower hand', who, actions.lowerHand),
      ),
  };
}

/** One person, and what this host or presenter may do about them. */
export function personRow(
  { externalUserId, displayName, role, promoted, presence }: Attendee,
  actions: PersonActions,
  self: { name: string; role: Joined['role'] },
): Row {
  const who = { externalUserId, displayName };
  const isSelf = externalUserId === self.name;
  const isOnStage = promoted || role !== 'viewer';
  const what = isSelf ? 'you' : promoted ? 'on stage' : role;
  const buttons = () => [
    ...(promoted ? [button('Back to seat', who, actions.demote)] : []),
    ...(isOnStage ? [button('Mute', who, actions.mute)] : []),
    ...(isOnStage ? [button('Let speak', who, actions.unmute)] : []),
    ...(isOnStage ? [] : [button('Bring on stage', who, actions.promote)]),
    ...(self.role === 'host' ? [button('Remove', who, actions.remove), button('Ban', who, actions.ban)] : []),
  ];
  return {
    key: externalUserId,
    shows: { what, presence, displayName },
    make: () =>
      element(
        'li',
        {},
        ...nameOf(who),
        element('span', { className: isOnStage ? 'pill live' : 'pill', textContent: what }),
        ...(presence === 'present'
          ? []
          : [element('span', { className: 'soft small', textContent: presence })]),
        ...(isSelf ? [] : [element('div', { className: 'row actions' }, ...buttons())]),
      ),
  };
}

interface Named {
  externalUserId: string;
  displayName: string | undefined;
}

/** How a person is called: people may choose the same name, or that of another, so the id stands beside it. */
function nameOf({ externalUserId, displayName }: Named): HTMLElement[] {
  const name = element('span', { className: 'name', textContent: displayName ?? externalUserId });
  const isOther = displayName !== undefined && displayName !== externalUserId;
  return isOther ? [name, element('span', { className: 'soft small', textContent: externalUserId })] : [name];
}

function button(
  words: string,
  { externalUserId, displayName }: Named,
  action: (who: string) => void,
): HTMLButtonElement {
  return element('button', {
    type: 'button',
    className: 'slim',
    textContent: words,
    ariaLabel: `${words}: ${displayName ?? externalUserId}`,
    onclick: () => action(externalUserId),
  });
}
