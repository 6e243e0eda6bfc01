import { readFileSync } from 'node:fs';
import { type Import, importsOf, sourcesOf } from './imports.ts';

const service = sourcesOf('handlers', 'lib');
const imports = service.flatMap(importsOf);

const inside =
  (...folders: string[]) =>
  (file: string) =>
    folders.some((folder) => file.startsWith(folder));
const own = (from: string) => imports.filter((each) => each.isOwn && each.from.startsWith(from));
const spell = ({ from, to }: Import) => `${from} → ${to}`;

/** The imports of some files that lead anywhere but to the allowed places. */
function strays(from: string, ...allowed: string[]): string[] {
  return own(from)
    .filter(({ to }) => !inside(...allowed)(to))
    .map(spell);
}

/** The files that import a package, whatever part of it. */
function usersOf(name: RegExp): string[] {
  return imports.filter(({ to, isOwn }) => !isOwn && name.test(to)).map(({ from }) => from);
}

const edges = [
  'lib/container.ts',
  'lib/all-settled.ts',
  'lib/refusals.ts',
  'lib/settings.ts',
  'lib/log.ts',
  'lib/metrics.ts',
  'lib/context.ts',
  'lib/deadline.ts',
  'lib/sdk-client.ts',
  'lib/contract',
  'lib/openapi.ts',
];

/** The rooms of lib/flows, each with those that it may import besides `shared`. */
const ROOMS: Record<string, string[]> = {
  shared: [],
  epoch: [],
  seats: ['epoch'],
  stage: ['epoch', 'seats'],
  opening: ['epoch', 'seats', 'stage'],
  join: ['epoch', 'seats', 'stage', 'opening'],
  meeting: ['epoch', 'seats', 'stage', 'opening'],
  people: ['epoch', 'seats', 'stage', 'opening'],
  ledger: [],
  reconcile: ['epoch', 'seats', 'stage', 'opening', 'join', 'meeting', 'people'],
  service: [],
  webhooks: [],
};

describe('the imports of lib and handlers', () => {
  it('are found', () => {
    expect(imports.length).toBeGreaterThan(50);
  });

  it('lead from handlers to lib/http, the contract and one flow each', () => {
    const contract = ['lib/contract/routes/'];
    expect(strays('handlers/', 'lib/http.ts', 'lib/events', ...contract, 'lib/flows/')).toEqual([]);
    for (const handler of sourcesOf('handlers')) {
      expect([handler, importsOf(handler).filter(({ to }) => to.startsWith('lib/flows/')).length]).toEqual([
        handler,
        1,
      ]);
    }
  });

  it('lead from flows to domain, the store, Chime and other flows', () => {
    const places = ['lib/flows/', 'lib/domain/', 'lib/store/', 'lib/chime/', 'lib/webhooks/'];
    expect(strays('lib/flows/', ...places, ...edges)).toEqual([]);
  });

  it('lead from a folder of the flows only to the folders below it', () => {
    for (const [room, below] of Object.entries(ROOMS)) {
      const folders = ['shared', room, ...below].map((name) => `lib/flows/${name}/`);
      const ways = room === 'webhooks' ? ['lib/webhooks/'] : ['lib/store/', 'lib/chime/'];
      const others = ['lib/domain/', ...ways, ...edges];
      expect(strays(`lib/flows/${room}/`, ...folders, ...others)).toEqual([]);
    }
    const rooms = new Set(sourcesOf('lib/flows').map((file) => file.split('/')[2]));
    expect([...rooms].sort()).toEqual(Object.keys(ROOMS).sort());
  });

  it('do not connect the store and Chime', () => {
    expect(strays('lib/store/', 'lib/store/', 'lib/domain/', ...edges)).toEqual([]);
    expect(strays('lib/chime/', 'lib/chime/', 'lib/domain/', ...edges)).toEqual([]);
  });

  it('lead from domain to domain only, and to the type of a request context', () => {
    const types = own('lib/domain/').filter(({ to }) => to === 'lib/context.ts');
    expect(strays('lib/domain/', 'lib/domain/', 'lib/context.ts')).toEqual([]);
    expect(types.filter(({ typeOnly }) => !typeOnly)).toEqual([]);
  });

  it('lead from nothing that is deployed to anything that is not', () => {
    expect(imports.filter(({ to, isOwn }) => isOwn && !inside('handlers/', 'lib/')(to)).map(spell)).toEqual(
      [],
    );
  });
});

describe('only one place uses', () => {
  it('process.env', () => {
    const readers = service.filter((file) => readFileSync(file, 'utf8').includes('process.env'));
    expect(readers).toEqual(['lib/settings.ts']);
  });

  it('the DynamoDB client', () => {
    expect(
      usersOf(/^@aws-sdk\/(client-dynamodb|lib-dynamodb|util-dynamodb)/).filter(
        (file) => !inside('lib/store/')(file),
      ),
    ).toEqual([]);
  });

  it('the Chime client', () => {
    expect(usersOf(/^@aws-sdk\/client-chime/).filter((file) => !inside('lib/chime/')(file))).toEqual([]);
  });

  it('the clients of SQS and SSM, and only webhooks need them', () => {
    expect(usersOf(/^@aws-sdk\/client-(sqs|ssm)/)).toEqual([
      'lib/webhooks/queue.ts',
      'lib/webhooks/signing-keys.ts',
    ]);
    expect(strays('lib/webhooks/', 'lib/webhooks/', 'lib/domain/', ...edges)).toEqual([]);
    const users = imports.filter(
      ({ to, from }) => inside('lib/webhooks/')(to) && !inside('lib/webhooks/')(from),
    );
    expect(users.map(({ from }) => from).filter((file) => !inside('lib/flows/webhooks/')(file))).toEqual([]);
  });

  it('calls to Chime, each of which waits for a permit', () => {
    const callers = sourcesOf('lib').filter((file) => /\bfailureAsValue\(/.test(readFileSync(file, 'utf8')));
    expect(callers).toEqual(['lib/chime/ask.ts']);
    const senders = sourcesOf('lib/chime').flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      const sent = text.match(/\.send\(/g)?.length ?? 0;
      const asks = text.match(/\bask\(limiter, /g)?.length ?? 0;
      return sent === asks ? [] : [file];
    });
    expect(senders).toEqual([]);
  });

  it('a pause: the retry loop, the limiter, and the work that paces itself', () => {
    const pausing = sourcesOf('lib/flows').filter((file) => /\.pause\(/.test(readFileSync(file, 'utf8')));
    expect(pausing).toEqual([
      'lib/flows/opening/evacuate.ts',
      'lib/flows/opening/forecast.ts',
      'lib/flows/reconcile/run.ts',
      'lib/flows/seats/mint.ts',
      'lib/flows/shared/attempt.ts',
      'lib/flows/shared/chime-quota.ts',
    ]);
  });

  it('concurrent work, which has settled before its error is thrown', () => {
    const starters = service.filter((file) => /Promise\.(all|race|any)\(/.test(readFileSync(file, 'utf8')));
    expect(starters).toEqual(['lib/all-settled.ts']);
  });

  it('variables that outlive a request', () => {
    const keepers = service.filter((file) => /^let /m.test(readFileSync(file, 'utf8')));
    expect(keepers).toEqual([
      'lib/container.ts',
      'lib/flows/join/seat.ts', // numbers the draws
      'lib/flows/service/openapi.ts', // the document, the same for all
      'lib/settings.ts',
    ]);
  });

  it('middy', () => {
    expect(usersOf(/^@middy\//).filter((file) => !inside('lib/http')(file))).toEqual([]);
  });

  it('the batch processor', () => {
    expect(usersOf(/^@aws-lambda-powertools\//)).toEqual(['lib/events.ts']);
  });
});
