import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { type Listening, listen } from '../../local/listen.ts';

/** A request to DynamoDB as it goes by: `GetItem` and its like, and what it says. */
export interface Passing {
  operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of the shape that DynamoDB gives to each operation
  input: any;
}

/** An answer in DynamoDB's place. */
export interface Instead {
  status?: number;
  body: object;
}

/** What DynamoDB answers a write whose condition does not hold. */
export const CONDITION_FAILED: Instead = {
  status: 400,
  body: { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' },
};

/** Answers a request in DynamoDB's place, or lets it pass. */
export type Rule = (passing: Passing) => Instead | undefined | Promise<Instead | undefined>;

/** Stand between the code under test and a DynamoDB. */
export function startProxy(upstream: string, rule: Rule): Promise<Listening> {
  const carry = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    const answer = await rule({ operation, input: JSON.parse(body.toString()) });
    if (answer) {
      outgoing.writeHead(answer.status ?? 200, { 'content-type': 'application/x-amz-json-1.0' });
      outgoing.end(JSON.stringify(answer.body));
      return;
    }
    const { method, headers } = incoming;
    const passed = send(upstream, { method, headers, agent: false }, (back) => {
      outgoing.writeHead(back.statusCode ?? 502, back.headers);
      back.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    passed.end(body);
  };
  const server = createServer((incoming, outgoing) => {
    carry(incoming, outgoing).catch(() => outgoing.destroy()); // the client gave up
  });
  return listen(server, 0);
}
