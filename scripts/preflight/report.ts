import type { Account } from './account.ts';
import type { Audience } from './load.ts';
import type { Need, Plan } from './needs.ts';

const grouped = (n: number) => n.toLocaleString('en-US');

/** The plan as text: where the audience sits, what it needs, and what to raise. */
export function reportOn(audience: Audience, plan: Plan, account: Account): string {
  const total = Object.values(audience.viewers).reduce((all, n) => all + n, 0);
  const comes = audience.isAnnounced ? 'seats are opened ahead' : 'no seats are opened ahead';
  const short = plan.needs.filter((need) => need.needed > allowed(need, account));
  return [
    `${grouped(total)} viewers come within ${audience.withinSeconds} s; ${comes}.`,
    ...(audience.isHighDefinition
      ? ['FHD video or UHD content: 25 people to each Chime meeting, the stage too.']
      : []),
    '',
    ...Object.entries(plan.replicas).map(
      ([name, replicas]) =>
        `  ${name.padEnd(16)} ${grouped(audience.viewers[name] ?? 0)} viewers, ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`,
    ),
    '',
    `  Opening them takes ${plan.openingSeconds} s at Chime's default pace. Ask for them before people come.`,
    '',
    ...table(plan.needs, account),
    '',
    ...(short.length > 0 ? ['To do before the event:', ...short.map(todo)] : ['Nothing needs to be raised.']),
    '',
    ...notRead(account),
    ...plan.warnings,
  ].join('\n');
}

const allowed = ({ what, byDefault }: Need, account: Account) =>
  ('values' in account ? account.values.get(what) : undefined) ?? byDefault;

function table(needs: Need[], account: Account): string[] {
  const row = (...[what = '', ...cells]: string[]) =>
    `  ${what.padEnd(38)}${cells.map((cell) => cell.padStart(12)).join('')}`;
  const accountOf = (need: Need) => {
    const value = 'values' in account ? account.values.get(need.what) : undefined;
    return value === undefined ? '-' : grouped(value);
  };
  return [
    row('', 'needed', 'default', 'account'),
    ...needs.map((need) => row(need.what, grouped(need.needed), grouped(need.byDefault), accountOf(need))),
  ];
}

function todo({ what, needed, quota, remedy }: Need): string {
  const code = quota
    ? ` (quota ${quota.code ?? `by its name: ${quota.name.source.replace(/[\^$]/g, '')}`})`
    : '';
  return `  - ${what}${code}: ${grouped(needed)}. ${remedy[0]?.toUpperCase()}${remedy.slice(1)}.`;
}

function notRead(account: Account): string[] {
  if ('values' in account) return [];
  return [`The account was not read (${account.unread}): all is measured against AWS's defaults.`];
}
