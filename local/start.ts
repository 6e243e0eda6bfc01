import { setTimeout } from 'node:timers/promises';
import { feedChimeEvents, invokerOf } from './chime-events.ts';
import { forgetOwnAccount } from './environment.ts';
import { authenticateRoutes } from './gateway.ts';
import { greeting } from './greeting.ts';
import { LOCAL_AUDIENCE } from './identity/issuer.ts';
import { trustIssuer } from './identity/verify-token.ts';
import { freePort } from './listen.ts';
import { loadGeneratorRoutes } from './load-generator/serve.ts';
import { readPorts, settlePorts } from './ports.ts';
import { QUEUE_ARN } from './queue.ts';
import { removeStackFile, writeStackFile } from './stack-file.ts';
import { startWeb } from './web.ts';
import { readAttempts, type WebhookService, wireWebhooks } from './webhooks/wire.ts';
import { startWorld } from './world.ts';

/** The part of a Serverless service that we fill before serverless-offline reads it. */
interface Service extends WebhookService {
  custom: { 'serverless-offline': Record<string, unknown> };
  functions: WebhookService['functions'] & { chimeEvents: { name: string } };
}

/** A local stack, to which serverless-offline adds its API. */
export type LocalWorld = Awaited<ReturnType<typeof openLocalWorld>>;

/** Starts the stand-ins, and passes their ports and the handlers' environment to serverless-offline. */
export async function openLocalWorld(service: Service, directory: string) {
  const ports = await settlePorts(readPorts(process.env));
  const attempts = readAttempts(process.env);
  const world = await startWorld(ports, process.env.CAPTIONS_DEMO !== 'off');
  const api = `http://localhost:${ports.api}`;
  const generator = loadGeneratorRoutes({ api, chime: world.urls.chime, token: world.issuer.token });
  const nearestMediaRegion = `${world.urls.chime}/nearest-media-region`;
  const web = await startWeb(ports.web, { api, issuer: world.urls.issuer, nearestMediaRegion }, generator);
  const lambda = { port: await freePort(), functionName: service.functions.chimeEvents.name };
  const queue = feedChimeEvents(world.onEvent, invokerOf(lambda));
  forgetOwnAccount(process.env);
  fillEnvironment(service.provider.environment, world.environment);
  const reached = { dynamodbUrl: world.urls.dynamodb, lambdaPort: lambda.port, attempts };
  const webhooks = await wireWebhooks(service, reached);
  const sqs = webhooks && { sqs: webhooks.environment.AWS_ENDPOINT_URL_SQS };
  const urls = { api, web: web.url, ...world.urls, ...sqs };
  Object.assign(service.custom['serverless-offline'], { httpPort: ports.api, lambdaPort: lambda.port });
  return {
    authenticateRoute: authenticateRoutes(trustIssuer(urls.issuer, LOCAL_AUDIENCE)),
    announce: async (print: (text: string) => void) => {
      await untilHealthy(urls.api);
      writeStackFile(directory, urls);
      print(greeting(urls, world.notice, webhooks));
    },
    withdraw: () => removeStackFile(directory, urls),
    close: () => {
      queue.close();
      generator.close();
      return Promise.all([web.close(), webhooks?.close(), world.close()]);
    },
  };
}

/** Points the handlers to the stand-ins, and Chime's notifications to the queue in this process. */
function fillEnvironment(environment: Record<string, unknown>, local: Record<string, string>) {
  Object.assign(environment, local);
  if (environment.NOTIFICATIONS_QUEUE_ARN) environment.NOTIFICATIONS_QUEUE_ARN = QUEUE_ARN;
}

async function untilHealthy(api: string) {
  const deadline = Date.now() + 240_000; // a limit for what hangs, also on a loaded machine
  while (!(await isHealthy(api))) {
    if (Date.now() > deadline) throw new Error(`${api}/health does not answer`);
    await setTimeout(25);
  }
}

async function isHealthy(api: string): Promise<boolean> {
  const answer = await fetch(`${api}/health`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status === 200;
}
