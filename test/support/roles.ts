import { readResources } from './service.ts';

export interface Statement {
  Action: string | string[];
  /** As written, or the template of a `Fn::Sub`. */
  Resource: unknown;
}

interface Policy {
  PolicyName: string;
  PolicyDocument: { Statement: Statement[] };
}

interface Role {
  Policies: (Policy | { 'Fn::If': [condition: string, policy: Policy, orElse: unknown] })[];
}

const resources = readResources();

/** Every statement of a role of infra/roles.cjs, with those that only some deployments have. */
export function statementsOf(role: string): Statement[] {
  const { Policies } = (resources[role]?.Properties ?? { Policies: [] }) as unknown as Role;
  const all = Policies.map((policy) => ('Fn::If' in policy ? policy['Fn::If'][1] : policy));
  return all.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** Every action that a role allows, somewhere. */
export function actionsOf(role: string): string[] {
  return statementsOf(role).flatMap(({ Action }) => Action);
}
