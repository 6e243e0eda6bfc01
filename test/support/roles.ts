import { readResources } from './service.ts';

export interface Statement {
  Action: string | string[];
  /** As written, or the template of a `Fn::Sub`. */
  Resource: unknown;
}

interface Role {
  Policies: { PolicyName: string; PolicyDocument: { Statement: Statement[] } }[];
}

const resources = readResources();

/** Every statement of a role of infra/roles.cjs. */
export function statementsOf(role: string): Statement[] {
  const { Policies } = (resources[role]?.Properties ?? { Policies: [] }) as unknown as Role;
  return Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** Every action that a role allows, somewhere. */
export function actionsOf(role: string): string[] {
  return statementsOf(role).flatMap(({ Action }) => Action);
}
