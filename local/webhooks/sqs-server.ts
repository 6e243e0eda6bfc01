import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { LOCAL_REGION } from '../environment.ts';
import { type Listening, listen } from '../listen.ts';
import { type MessageQueue, md5Of } from './message-queue.ts';

interface Entry {
  Id: string;
  MessageBody: string;
}

/** The members of SQS's requests that are read here. */
interface Input {
  Entries: Entry[];
  ReceiptHandle: string;
  VisibilityTimeout: number;
  QueueName: string;
  QueueUrl: string;
}

/** An answer of SQS that is an error. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html */
class SqsError extends Error {}

const ACCOUNT = '000000000000';
/** The name of a deployed stack stands here. */
export const LOCAL_STACK = 'balcony-local';
/** The names of the queue and of its dead-letter queue end so, in the template as well. */
export const QUEUE = `${LOCAL_STACK}-webhooks`;
export const DEAD_QUEUE = `${QUEUE}-dead`;
const MOST_BYTES = 262_144;
const MOST_ENTRIES = 10;
const arnOf = (name: string) => `arn:aws:sqs:${LOCAL_REGION}:${ACCOUNT}:${name}`;

/** The queue of webhooks behind SQS's HTTP interface (AWS JSON 1.0): the operations that Balcony and its scripts use. */
export async function startSqs(queue: MessageQueue): Promise<Listening> {
  let url = '';
  const queueUrl = (name: string) => `${url}/${ACCOUNT}/${name}`;
  const operations: Record<string, (input: Input) => object> = {
    SendMessageBatch: ({ Entries }) => {
      const bytes = Entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0);
      if (Entries.length > MOST_ENTRIES) throw new SqsError('TooManyEntriesInBatchRequest');
      if (bytes > MOST_BYTES) throw new SqsError('BatchRequestTooLong');
      const Successful = Entries.map(({ Id, MessageBody }) => ({
        Id,
        MessageId: queue.send(MessageBody),
        MD5OfMessageBody: md5Of(MessageBody),
      }));
      return { Successful, Failed: [] };
    },
    ChangeMessageVisibility: ({ ReceiptHandle, VisibilityTimeout }) => {
      if (!queue.hide(ReceiptHandle, VisibilityTimeout)) throw new SqsError('ReceiptHandleIsInvalid');
      return {};
    },
    GetQueueUrl: ({ QueueName }) => ({ QueueUrl: queueUrl(QueueName) }),
    GetQueueAttributes: ({ QueueUrl }) => {
      const name = QueueUrl.split('/').at(-1) ?? '';
      const many = name === DEAD_QUEUE ? queue.dead() : queue.waiting();
      return { Attributes: { QueueArn: arnOf(name), ApproximateNumberOfMessages: String(many) } };
    },
    StartMessageMoveTask: () => {
      queue.revive();
      return { TaskHandle: 'local' };
    },
  };
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const operation = String(request.headers['x-amz-target']).replace('AmazonSQS.', '');
    const { status, body } = answerTo(operations[operation], Buffer.concat(chunks).toString());
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    reply(request, response).catch(() => response.destroy()); // the client gave up
  });
  const listening = await listen(server, 0);
  url = listening.url;
  return { ...listening, url: queueUrl(QUEUE) };
}

function answerTo(operation: ((input: Input) => object) | undefined, text: string) {
  try {
    if (!operation) throw new SqsError('UnsupportedOperation');
    return { status: 200, body: operation(JSON.parse(text) as Input) };
  } catch (error) {
    const name = error instanceof SqsError ? error.message : 'InternalFailure';
    return { status: 400, body: { __type: `com.amazonaws.sqs#${name}`, message: name } };
  }
}
