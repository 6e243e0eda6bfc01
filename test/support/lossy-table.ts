import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createContainer, useContainer } from '../../lib/container.ts';
import type { WireRequest } from '../../simulation/aws/wire.ts';
import { loseResponses } from './wire.ts';

/** A proxy in front of DynamoDB that can lose responses: the write is done, and its sender is not told. */
export interface LossyTable {
  /** Loses the response to the write with this number, counted from now (0: the next one). */
  loseAnswerTo: (write: number) => void;
  /** How many writes came since the last `loseAnswerTo`, repetitions included. */
  writes: () => number;
  close: () => Promise<void>;
}

const isWrite = (headers: WireRequest['headers'] | IncomingMessage['headers']) =>
  /\.(UpdateItem|PutItem|DeleteItem)$/.test(String(headers['x-amz-target']));

/** Lose responses between the code under test and the DynamoDB of its world: by a proxy, or in this process. */
export async function lossyTableOf({ dynamodbUrl }: { dynamodbUrl: string }): Promise<LossyTable> {
  if (!dynamodbUrl) return lossyInProcess();
  const lossy = await startLossyTable(dynamodbUrl);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = lossy.url;
  useContainer(createContainer());
  return lossy;
}

/** Counts the writes, and tells which of them loses its response. */
function counting() {
  let count = 0;
  let losing = -1;
  return {
    isLost: () => count++ === losing,
    loseAnswerTo: (write: number) => {
      count = 0;
      losing = write;
    },
    writes: () => count,
  };
}

function lossyInProcess(): LossyTable {
  const { isLost, ...counter } = counting();
  loseResponses((service, { headers }) => service === 'dynamodb' && isWrite(headers) && isLost());
  return { ...counter, close: async () => loseResponses(() => false) };
}

async function startLossyTable(upstream: string): Promise<LossyTable & { url: string }> {
  const { hostname, port } = new URL(upstream);
  const agent = new Agent({ keepAlive: true });
  const { isLost: isNextLost, ...counter } = counting();
  const pass = (asked: IncomingMessage, answer: ServerResponse) => {
    const isLost = isWrite(asked.headers) && isNextLost();
    const { method, url: path, headers } = asked;
    const onward = request({ agent, hostname, port, method, path, headers }, (from) => {
      if (isLost) from.resume().on('end', () => asked.socket.destroy());
      else from.pipe(answer.writeHead(from.statusCode ?? 500, from.headers));
    });
    onward.on('error', () => asked.socket.destroy());
    asked.pipe(onward);
  };
  const server = createServer(pass);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...counter,
    close: async () => {
      server.closeAllConnections();
      agent.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
