import type { Fault } from '../../emulator/state/records.ts';
import type { Answer } from '../../lib/context.ts';
import type { JoinedBody } from '../../simulation/joined-body.ts';
import { budget } from '../support/budget.ts';
import type { TestWorld } from '../support/local-world.ts';
import fc from '../support/random/property.ts';
import { calm, startStage, strike } from '../support/stage/facts.ts';
import { beginEpoch, CAST, type Credential } from '../support/stage/model.ts';
import { credentialIn, happenAtChime, insist, newPlay, type Play } from '../support/stage/play.ts';
import { answerOf, RULES, type Step } from '../support/stage/rules.ts';
import { whatDiffers, whatIsListed } from '../support/stage/truth.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startStage();
});
afterAll(() => world.close());

type Move = Step & Partial<Pick<Fault, 'operation' | 'fault' | 'times'>>;

/** Takes one step, compares its answer with the model, and updates the model. */
async function take(play: Play, move: Move): Promise<void> {
  const { model } = play;
  const rule = RULES[move.verb];
  if (move.operation && move.fault)
    return strike(world, move.operation, { fault: move.fault, times: move.times ?? 1 });
  if (!rule) return happenAtChime(play, move);
  const answer = await insist(play, move);
  await noticeNextEpoch(play);
  const got = typeof answer === 'string' ? answer : String(answer.status);
  expect([move.verb, move.who, move.whom, got]).toEqual([
    move.verb,
    move.who,
    move.whom,
    answerOf(model, move),
  ]);
  if (typeof answer === 'string') return;
  if (answer.status !== 202) rule.effect?.(model, move);
  if (credentialIn(answer)) noteCredential(play, move, answer);
}

/** The first request that finds the primary dead begins the next epoch. Only opening an ended name does so, too. */
async function noticeNextEpoch({ model, observer }: Play): Promise<void> {
  if (!model.dead || model.ended) return;
  const { epoch } = (await observer().get()).body as { epoch: number };
  if (epoch === model.epoch + 1) beginEpoch(model);
}

/** An answer with a credential holds the caller's own one, if there is one. */
function noteCredential({ model }: Play, { who }: Step, answer: Answer): void {
  const credential = credentialIn(answer) as Credential;
  const { placement, promoted } = answer.body as Partial<JoinedBody>;
  const isSeat = placement?.kind === 'replica';
  if (isSeat) noteReturn(model, who, promoted === true);
  const known = isSeat ? model.seats.get(who)?.credential : model.stage.get(who)?.credential;
  if (known) expect(credential).toEqual(known);
  model.shown.get(who)?.push(credential);
  if (isSeat && !known) model.drawn += 1;
  if (isSeat) model.seats.set(who, { credential, ordinal: placement.ordinal ?? -1, left: false });
  else model.stage.set(who, { promoted: CAST[who] === 'viewer', credential });
  model.open = true;
}

/** A join says whether the viewer is on stage. Only a viewer who left the stage a moment ago is put there by it. */
function noteReturn(model: Play['model'], who: string, promoted: boolean): void {
  if (promoted && model.returning.delete(who)) model.stage.set(who, { promoted });
  expect([who, promoted]).toEqual([who, model.stage.get(who)?.promoted === true]);
}

const hosts = fc.constantFrom('hana', 'hugo');
const managers = fc.constantFrom('hana', 'hugo', 'pia');
/** The first person is drawn most often, because the interesting cases happen to one person. */
const viewers = fc.constantFrom('v1', 'v1', 'v1', 'v1', 'v2', 'v3', 'v4');
const anybody = fc.oneof(viewers, viewers, fc.constantFrom(...Object.keys(CAST)));

const moves = (verb: string, who: fc.Arbitrary<string>, whom = who) =>
  fc.record({ verb: fc.constant(verb), who, whom });

const faults = fc.record({
  verb: fc.constant('fault'),
  who: fc.constant('-'),
  whom: fc.constant('-'),
  operation: fc.constantFrom('CreateAttendee' as const, 'DeleteAttendee' as const),
  fault: fc.constantFrom('throttle', 'error-500', 'timeout-before', 'timeout-after'),
  times: fc.constantFrom(1, 1, 2, 3, 4),
});

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 5, arbitrary: moves('join', viewers) },
  { weight: 4, arbitrary: moves('join', managers) },
  { weight: 2, arbitrary: moves('leave', anybody) },
  { weight: 2, arbitrary: moves('raise', viewers) },
  { weight: 1, arbitrary: moves('lower', viewers) },
  { weight: 5, arbitrary: moves('promote', managers, viewers) },
  { weight: 1, arbitrary: moves('promote', managers, anybody) },
  { weight: 4, arbitrary: moves('promotion', anybody) },
  { weight: 2, arbitrary: moves('demote', managers, anybody) },
  { weight: 1, arbitrary: moves('demote', viewers) },
  { weight: 1, arbitrary: moves('disconnect', anybody) },
  { weight: 2, arbitrary: moves('remove', hosts, anybody) },
  { weight: 2, arbitrary: moves('ban', hosts, anybody) },
  { weight: 2, arbitrary: moves('unban', hosts, anybody) },
  { weight: 1, arbitrary: moves('end', hosts) },
  { weight: 2, arbitrary: moves('create', hosts) },
  { weight: 1, arbitrary: moves('kill', hosts) },
  { weight: 3, arbitrary: faults },
);

describe('any sequence of requests on stage, with failures of Chime', () => {
  it('leaves every credential with its owner only, and every count right', async () => {
    const hasTime = budget({ forMs: 4000, soakMs: 15_000, atLeast: 10 });
    const first: Move[] = ['hana', 'v1', 'v2'].map((who) => ({ verb: 'join', who, whom: who }));
    const anyPlay = fc.asyncProperty(fc.array(move, { minLength: 5, maxLength: 30 }), async (then) => {
      if (!hasTime()) return;
      const play = await newPlay(world);
      for (const one of [...first, ...then]) {
        await take(play, one);
        expect([one, await whatDiffers(play)]).toEqual([one, []]);
      }
      calm(world);
      expect(await whatIsListed(play)).toEqual([]);
    });
    await fc.assert(anyPlay, { numRuns: 80 }).finally(() => calm(world));
  });
});
