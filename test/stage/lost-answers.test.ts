import type { Answer } from '../../lib/context.ts';
import type { TestWorld } from '../support/local-world.ts';
import { type LossyTable, lossyTableOf } from '../support/lossy-table.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { stageFaults } from '../support/stage/audit.ts';
import { onStageAtChime, startStage } from '../support/stage/facts.ts';
import { audience, someone } from '../support/stage/people.ts';

let world: TestWorld;
let lossy: LossyTable;
beforeAll(async () => {
  world = await startStage();
  lossy = await lossyTableOf(world);
});
afterAll(async () => {
  await lossy.close();
  await world.close();
});

const SMALL = { meetingFeatures: { Attendee: { MaxCount: 10 } } };
const MOST_WRITES = 16;
const host = (name: string) => someone(name, 'ida', { role: 'host' });

interface Request {
  /** The preparation. vic and val have seats, val is on stage. */
  before?: (name: string) => Promise<unknown>;
  ask: (name: string) => Promise<Answer>;
  status: number;
  /** The people on stage at Chime afterwards. */
  onStage: string[];
}

const hall = async (name: string) => {
  const { host } = await audience(name, ['vic', 'val'], SMALL);
  await host.promote('val');
};
const STAGE = ['the-host', 'val'];

const REQUESTS: Record<string, Request> = {
  'a join that opens the meeting': {
    before: (name) => host(name).create(SMALL),
    ask: (name) => host(name).join(),
    status: 200,
    onStage: ['ida'],
  },
  'the join of a presenter': { ask: (name) => host(name).join(), status: 200, onStage: ['ida', ...STAGE] },
  'a repeated join': {
    ask: (name) => someone(name, 'the-host', { role: 'host' }).join(),
    status: 200,
    onStage: STAGE,
  },
  'a promotion': { ask: (name) => host(name).promote('vic'), status: 200, onStage: [...STAGE, 'vic'] },
  'a demotion': { ask: (name) => host(name).demote('val'), status: 204, onStage: ['the-host'] },
  'a removal': { ask: (name) => host(name).remove('val'), status: 204, onStage: ['the-host'] },
  'a removal with a ban': {
    ask: (name) => host(name).remove('val', { ban: true }),
    status: 204,
    onStage: ['the-host'],
  },
  'a departure from the stage': {
    ask: (name) => someone(name, 'the-host', { role: 'host' }).leave(),
    status: 204,
    onStage: ['val'],
  },
  'a raised hand': { ask: (name) => someone(name, 'vic').raise(), status: 204, onStage: STAGE },
  'the first creation of a name': {
    before: async () => {},
    ask: (name) => host(name).create(SMALL),
    status: 201,
    onStage: [],
  },
  'the opening of an ended name': {
    before: async (name) => {
      await host(name).create(SMALL);
      await host(name).end();
    },
    ask: (name) => host(name).create(SMALL),
    status: 200,
    onStage: [],
  },
  'the end of a meeting': { ask: (name) => host(name).end(), status: 204, onStage: [] },
};

describe.each(Object.entries(REQUESTS))('%s', (_, { before = hall, ask, status, onStage }) => {
  it('is answered at once and done once, whichever answer of DynamoDB to its writes is lost', async () => {
    for (let write = 0; write < MOST_WRITES; write++) {
      const name = uniqueMeetingId();
      lossy.loseAnswerTo(-1);
      await before(name);
      lossy.loseAnswerTo(write);
      const answer = await ask(name).catch((error) => error);
      const isLost = lossy.writes() > write;
      lossy.loseAnswerTo(-1);
      expect([write, answer.status ?? answer]).toEqual([write, status]);
      expect([write, onStageAtChime(world, name)]).toEqual([write, onStage]);
      expect([write, await stageFaults(world, name)]).toEqual([write, []]);
      if (!isLost) return;
    }
    throw new Error(`it has more than ${MOST_WRITES} writes`);
  });
});
