import { table } from '../../lib/store/table.ts';

/** The commands that this test file sends to DynamoDB during some work. */
export async function commandsIn(work: () => Promise<unknown>): Promise<string[]> {
  const commands: string[] = [];
  const note =
    (next: (request: never) => Promise<never>, { commandName = '' }: { commandName?: string }) =>
    (request: never) => {
      commands.push(commandName);
      return next(request);
    };
  table().middlewareStack.add(note as never, { step: 'initialize', name: 'note' });
  await work().finally(() => table().middlewareStack.remove('note'));
  return commands;
}
