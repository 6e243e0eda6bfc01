import { joinedBody } from '../joined-body.ts';
import type { Plan } from '../plan/plan.ts';
import { type Me, persist } from './person.ts';

/**
 * Reloads the page of a viewer, also of one on stage: the leave request of the former session and the join of the next one
 * overlap. The page then goes where the answer says.
 */
export async function reload(me: Me, plan: Plan, body: object): Promise<void> {
  const { sessionId } = joinedBody(await persist(me, 'join', body)) ?? {};
  if (sessionId === undefined) return;
  const again = async () => {
    await me.wait(me.chance.below(plan.paceMs));
    return persist(me, 'join', body);
  };
  const [, joined] = await Promise.all([me.ask('leave', { body: { sessionId } }), again()]);
  if (joinedBody(joined)?.promoted) await me.ask('promotion');
}
