import type { Attendee, HandPage, Joined } from '../../client/types.ts';
import { element, type Row } from '../dom.ts';

/** What a host or presenter does to one person. */
export type PersonActions = Record<
  'promote' | 'lowerHand' | 'demote' | 'mute' | 'unmute' | 'remove' | 'ban',
  (who: string) => void
>;

/** A raised hand, and the button that brings whose it is on stage. */
export function handRow(
  { externalUserId, raisedAt }: HandPage['hands'][number],
  actions: PersonActions,
): Row {
  const since = new Date(raisedAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return {
    key: externalUserId,
    shows: raisedAt,
    make: () =>
      element(
        'li',
        {},
        nameOf(externalUserId),
        element('span', { className: 'soft small', textContent: since }),
        button('Bring on stage', externalUserId, actions.promote),
        button('Lower hand', externalUserId, actions.lowerHand),
      ),
  };
}

/** One person, and what this host or presenter may do about them. */
export function personRow(
  { externalUserId, role, promoted, presence }: Attendee,
  actions: PersonActions,
  self: { name: string; role: Joined['role'] },
): Row {
  const isSelf = externalUserId === self.name;
  const isOnStage = promoted || role !== 'viewer';
  const what = isSelf ? 'you' : promoted ? 'on stage' : role;
  const buttons = () => [
    ...(promoted ? [button('Back to seat', externalUserId, actions.demote)] : []),
    ...(isOnStage ? [button('Mute', externalUserId, actions.mute)] : []),
    ...(isOnStage ? [button('Let speak', externalUserId, actions.unmute)] : []),
    ...(isOnStage ? [] : [button('Bring on stage', externalUserId, actions.promote)]),
    ...(self.role === 'host'
      ? [button('Remove', externalUserId, actions.remove), button('Ban', externalUserId, actions.ban)]
      : []),
  ];
  return {
    key: externalUserId,
    shows: { what, presence },
    make: () =>
      element(
        'li',
        {},
        nameOf(externalUserId),
        element('span', { className: isOnStage ? 'pill live' : 'pill', textContent: what }),
        ...(presence === 'present'
          ? []
          : [element('span', { className: 'soft small', textContent: presence })]),
        ...(isSelf ? [] : [element('div', { className: 'row actions' }, ...buttons())]),
      ),
  };
}

function nameOf(who: string): HTMLElement {
  return element('span', { className: 'name', textContent: who });
}

function button(words: string, who: string, action: (who: string) => void): HTMLButtonElement {
  return element('button', {
    type: 'button',
    className: 'slim',
    textContent: words,
    ariaLabel: `${words}: ${who}`,
    onclick: () => action(who),
  });
}
