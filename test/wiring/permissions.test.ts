import { buildSync } from 'esbuild';
import { actionsOf } from '../support/roles.ts';
import { readService } from '../support/service.ts';

const functions = Object.entries(readService().functions);

/** Commands of other clients than Chime's, and the actions that they need. */
const ACTIONS: Record<string, string> = {
  BatchGet: 'dynamodb:BatchGetItem',
  Delete: 'dynamodb:DeleteItem',
  Get: 'dynamodb:GetItem',
  Put: 'dynamodb:PutItem',
  Query: 'dynamodb:Query',
  Update: 'dynamodb:UpdateItem',
  ChangeMessageVisibility: 'sqs:ChangeMessageVisibility',
  GetParameter: 'ssm:GetParameter',
  SendMessageBatch: 'sqs:SendMessage',
};

/** The actions behind every SDK command that is left in a handler once what it does not reach is shaken off. */
function reachedFrom(handler: string): string[] {
  const { outputFiles } = buildSync({
    entryPoints: [`${handler.split('.')[0]}.ts`],
    bundle: true,
    write: false,
    format: 'esm',
    packages: 'external',
    treeShaking: true,
  });
  const commands = outputFiles[0]?.text.matchAll(/new (?:\w+\.)?(\w+?)Command\d*\(/g) ?? [];
  const names = new Set([...commands].map(([, name = '']) => name));
  return [...names].map((name) => ACTIONS[name] ?? `chime:${name}`).sort();
}

/** Our code sends no such commands. Lambda sends them with the role of a function that reads a queue. */
const RECEIVING = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];

/** The same for a stream. */
const STREAMING = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];

/** Our code sends no such command. SSM reads a secret of Secrets Manager in the name of its caller. */
const REFERRED = ['secretsmanager:GetSecretValue'];

/** Our code sends no such commands. Chime requires these permissions to create a meeting with tags. */
const TAGGING = ['chime:TagMeeting', 'chime:TagResource'];

describe('the role of a function allows exactly the calls in its bundle', () => {
  it.each(functions)('%s', (_, { handler, role }) => {
    const granted = [...new Set(actionsOf(role))].filter((action) => !/^(logs|xray|kms):/.test(action));
    const byOthers = [...RECEIVING, ...STREAMING, ...REFERRED, ...TAGGING];
    expect(granted.filter((action) => !byOthers.includes(action)).sort()).toEqual(reachedFrom(handler));
  });

  it('lets every function that reads the table use the table’s key', () => {
    for (const [, { role }] of functions) {
      const actions = actionsOf(role).map((action) => action.split(':')[0]);
      expect(actions.includes('kms')).toBe(actions.includes('dynamodb'));
    }
  });

  it('lets every function with a queue receive from it', () => {
    for (const [, { role, events }] of functions) {
      const receiving = actionsOf(role).filter((action) => RECEIVING.includes(action));
      expect(receiving.sort()).toEqual(events.some(({ sqs }) => sqs) ? RECEIVING : []);
    }
  });

  it('lets every function with a stream read it, and none else', () => {
    for (const [, { role, events }] of functions) {
      const reading = actionsOf(role).filter((action) => STREAMING.includes(action));
      expect(reading.sort()).toEqual(events.some(({ stream }) => stream) ? STREAMING : []);
    }
  });

  it('lets only the function that signs webhooks read a parameter or a secret', () => {
    const readers = functions.filter(([, { role }]) =>
      actionsOf(role).some((action) => /^(ssm|secretsmanager):/.test(action)),
    );
    expect(readers.map(([name]) => name)).toEqual(['deliverWebhooks']);
  });

  it('lets every function that creates meetings tag them', () => {
    for (const [, { role }] of functions) {
      const actions = actionsOf(role);
      expect(actions.filter((action) => TAGGING.includes(action))).toEqual(
        actions.includes('chime:CreateMeeting') ? TAGGING : [],
      );
    }
  });
});
