import type { Balcony, Joined } from '../../client/balcony.ts';
import { browserDeps, type Deps } from '../../client/join.ts';
import { byId, type Row, showRows } from '../dom.ts';
import { offerOptions } from './desk-options.ts';
import { pagesOf } from './desk-pages.ts';
import { handRow, type PersonActions, personRow } from './desk-rows.ts';
import type { Hint } from './hints.ts';
import { isSure } from './question.ts';
import { attempt, tell, tellRefusal } from './said.ts';
import type { Visitor } from './visitor.ts';
import { PlainError } from './words.ts';

interface Place {
  balcony: Balcony;
  visitor: Visitor;
  role: Joined['role'];
  /** Tells the page of one person, or of everyone, what was done. */
  hint: (what: Hint, who?: string) => Promise<void>;
}

const LEAST_MS = 2000;
const SPREAD_MS = 1000;

/** Opens the desk of hosts and presenters; viewers see nothing of it. Returns a function that closes it. */
export function openDesk(place: Place, { random, pause }: Deps = browserDeps): () => void {
  const isOpen = place.role !== 'viewer';
  byId('desk').hidden = !isOpen;
  if (!isOpen) return () => {};
  const closed = new AbortController();
  const { refresh, actions } = deskOf(place);
  const { balcony, visitor } = place;

  byId('mute-all').onclick = () =>
    attempt(async () => {
      await balcony.muteAll(visitor.meeting);
      await place.hint('muted');
      tell('All people on stage but you are muted.');
    });
  if (place.role === 'host') offerOptions(balcony, visitor.meeting);
  byId('end').hidden = place.role !== 'host';
  byId('end').onclick = () =>
    attempt(async () => {
      const words = 'The meeting ends for everyone. Joining is possible again once a host reopens it.';
      if (await isSure('End for everyone', words)) await balcony.end(visitor.meeting);
    });

  const keepFresh = async () => {
    while (!closed.signal.aborted) {
      if (!document.hidden) await refresh(actions).catch(() => undefined); // the next refresh shows the failure again
      await pause(LEAST_MS + random() * SPREAD_MS, closed.signal);
    }
  };
  keepFresh().catch(
    () => closed.signal.aborted || tellRefusal(new PlainError('The lists are no longer kept fresh.')),
  );
  return () => closed.abort();
}

function deskOf({ balcony, visitor: { meeting, name }, role, hint }: Place) {
  const people = pagesOf(byId('more'), async (page) => {
    const { attendees, cursor } = await balcony.attendees(meeting, page);
    return { found: attendees, cursor };
  });
  const raised = pagesOf(byId('more-hands'), async (page) => {
    const { hands, cursor } = await balcony.hands(meeting, page);
    return { found: hands, cursor };
  });

  const called = new Map<string, string>();
  const nameOf = (who: string) => called.get(who) ?? who;

  const refresh = async (actions: PersonActions) => {
    const [hands, attendees] = await Promise.all([raised.read(), people.read()]);
    for (const { externalUserId, displayName } of [...hands, ...attendees])
      called.set(externalUserId, displayName ?? externalUserId);
    showRows(
      byId('hands'),
      hands.map((hand): Row => handRow(hand, actions)),
    );
    showRows(
      byId('people'),
      attendees.map((who): Row => personRow(who, actions, { name, role })),
    );
    byId('no-hands').hidden = hands.length > 0;
    byId('hands-title').textContent = hands.length > 0 ? `Hands (${raised.count()})` : 'Hands';
    byId('people-title').textContent = `People (${people.count()})`;
  };

  const then = (news: string, action: (who: string) => Promise<unknown>) => (who: string) =>
    attempt(async () => {
      if ((await action(who)) === 'not-sure') return;
      tell(`${nameOf(who)} ${news}.`);
      await refresh(actions);
    });
  const ifSure = async (title: string, words: string, action: () => Promise<unknown>) =>
    (await isSure(title, words)) ? action() : 'not-sure';

  /** Announces the removal to the person's page before the connection is cut. */
  const putOut = async (who: string, out: Balcony['remove' | 'ban']) => {
    await hint('removed', who).catch(() => undefined);
    return out(meeting, who);
  };

  const actions: PersonActions = {
    promote: then('is invited on stage', (who) =>
      balcony.promote(meeting, who).then(() => hint('on-stage', who)),
    ),
    lowerHand: then('has the hand down', (who) =>
      balcony.lowerHand(meeting, who).then(() => hint('hand-lowered', who)),
    ),
    demote: then('is back in the audience', (who) => balcony.demote(meeting, who)),
    mute: then('is muted', (who) => balcony.mute(meeting, who).then(() => hint('muted', who))),
    unmute: then('may speak', (who) => balcony.unmute(meeting, who).then(() => hint('unmuted', who))),
    remove: then('is removed', (who) =>
      ifSure(`Remove ${nameOf(who)}`, 'They may join again.', () => putOut(who, balcony.remove)),
    ),
    ban: then('is banned', (who) =>
      ifSure(`Ban ${nameOf(who)}`, 'They are removed, and cannot join again.', () =>
        putOut(who, balcony.ban),
      ),
    ),
  };
  for (const list of [people, raised]) list.onMore(() => attempt(() => refresh(actions)));
  return { refresh, actions };
}
