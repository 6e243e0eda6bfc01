import { chime } from '../../../lib/chime/client.ts';
import { table } from '../../../lib/store/table.ts';

export type Send = (request: unknown) => Promise<unknown>;

/** What the middleware stacks of all three clients have in common, as far as it is used here. */
interface Stack {
  add(middleware: (send: Send) => Send, where: { step: 'deserialize'; priority: 'low' }): void;
}

/** Put something around every request of this process to DynamoDB and Chime, each attempt on its own. */
export function wrapRequests(around: (send: Send) => Send): void {
  const { once, repeatable } = chime();
  const stacks: unknown[] = [table(), once, repeatable].map(({ middlewareStack }) => middlewareStack);
  for (const stack of stacks as Stack[]) stack.add(around, { step: 'deserialize', priority: 'low' });
}
