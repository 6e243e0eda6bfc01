/** The owner of meetings: quotas, tokens and ids are separate for each account and control region. */
export interface Scope {
  accountId: string;
  controlRegion: string;
}

export const sameScope = (one: Scope, other: Scope) =>
  one.accountId === other.accountId && one.controlRegion === other.controlRegion;

export const scopeKey = ({ accountId, controlRegion }: Scope) => `${accountId}/${controlRegion}`;
