import type { Attendee, HandPage, Joined } from '../../client/balcony.ts';
import { element, type Row } from '../dom.ts';

/** The actions of a host or presenter on one person. */
export type PersonActions = Record<
  'promote' | 'lowerHand' | 'demote' | 'mute' | 'unmute' | 'remove' | 'ban',
  (who: string) => void
>;

/** A raised hand, with the button that promotes its person. */
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

/** One person, with the actions that this host or presenter may take. */
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
    ...(promoted ? [button('Back to audience', who, actions.demote)] : []),
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

/** A person's name with the id beside it, because several people may choose the same name. */
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
