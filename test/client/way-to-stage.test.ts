import { type Promotion, Refusal } from '../../client/balcony.ts';
import type { StopCode } from '../../client/stay/chime.ts';
import { wayToStage } from '../../client/stay/way-to-stage.ts';
import { until } from '../../local/until.ts';
import { hurried } from './support.ts';

const PROMOTION = { Attendee: { AttendeeId: 'a' }, primaryMeetingId: 'p' } as unknown as Promotion;
const NOT_PROMOTED = new Refusal(404, { code: 'NOT_PROMOTED' });
const ENDED = new Refusal(410, { code: 'MEETING_ENDED' });

interface Script {
  /** What the service answers, one after the other; then it never does. */
  found: (Promotion | Error)[];
  /** What the session answers; then OK. */
  results?: StopCode[];
}

/** A viewer's way, and what the page was told of it. */
function viewer({ found, results = [] }: Script) {
  const told: string[] = [];
  const { waited, deps } = hurried({ random: 0 });
  const hand = { isUp: false };
  const way = wayToStage({
    look: async () => {
      const answer = found.shift();
      if (answer instanceof Error) throw answer;
      return answer ?? new Promise<never>(() => {});
    },
    promote: async () => {
      const result = results.shift() ?? 'OK';
      told.push(`promoted ${result}`);
      return result;
    },
    deps,
    isHandUp: () => hand.isUp,
    onStage: (_, again) => void told.push(again ? 'on stage again' : 'on stage'),
    onAudience: (why) => void told.push(`audience: ${why}`),
    onRefusal: (error) => void told.push((error as Refusal).code),
  });
  const untilTold = (...all: string[]) => until(() => `${told}` === `${all}`);
  return { way, hand, told, waited, untilTold };
}

describe('a viewer’s way to the stage', () => {
  it('ends there once the session is promoted', async () => {
    const { way, untilTold } = viewer({ found: [PROMOTION] });
    way.search('expected');
    await untilTold('promoted OK', 'on stage');
    expect(way.isOnStage()).toBe(true);
  });

  it('is tried again after a pause where the session could not be promoted', async () => {
    const { way, waited, untilTold } = viewer({
      found: [PROMOTION, PROMOTION],
      results: ['AudioCallAtCapacity'],
    });
    way.search('expected');
    await untilTold('promoted AudioCallAtCapacity', 'promoted OK', 'on stage');
    expect(waited).toEqual([2500]);
  });

  it('leads back to it after a lost connection, because the promotion is still valid', async () => {
    const { way, untilTold } = viewer({ found: [PROMOTION, PROMOTION] });
    way.search('expected');
    await untilTold('promoted OK', 'on stage');
    way.demoted('AudioVideoDisconnectedWhilePromoted');
    await untilTold('promoted OK', 'on stage', 'promoted OK', 'on stage again');
  });

  it('leads back to the audience where the promotion was revoked during a lost connection', async () => {
    const { way, untilTold } = viewer({ found: [PROMOTION, NOT_PROMOTED] });
    way.search('expected');
    await untilTold('promoted OK', 'on stage');
    way.demoted('AudioVideoDisconnectedWhilePromoted');
    await untilTold('promoted OK', 'on stage', 'audience: demoted');
    expect(way.isOnStage()).toBe(false);
  });

  it('leads back to the audience where a host demotes the viewer, and no request is sent', async () => {
    const found = [PROMOTION, PROMOTION];
    const { way, untilTold } = viewer({ found });
    way.search('expected');
    await untilTold('promoted OK', 'on stage');
    way.demoted('AudioVideoWasRemovedFromPrimaryMeeting');
    await untilTold('promoted OK', 'on stage', 'audience: demoted');
    expect(found).toHaveLength(1);
  });

  it('is searched for as long as the hand is up, where an expected promotion does not exist', async () => {
    const { way, hand, waited, untilTold } = viewer({ found: [NOT_PROMOTED, NOT_PROMOTED, PROMOTION] });
    hand.isUp = true;
    way.search('expected');
    await untilTold('promoted OK', 'on stage');
    expect(waited).toEqual([2500, 2500]);
  });

  it('ends with a refusal, which puts a viewer on stage back into the audience', async () => {
    const { way, untilTold } = viewer({ found: [PROMOTION, ENDED] });
    way.search('expected');
    await untilTold('promoted OK', 'on stage');
    way.demoted('AudioVideoDisconnectedWhilePromoted');
    await untilTold('promoted OK', 'on stage', 'MEETING_ENDED', 'audience: connection-lost');
  });

  it('ignores the demotion of a viewer who left the stage by choice', async () => {
    const { way, told, untilTold } = viewer({ found: [PROMOTION] });
    way.search('expected');
    await untilTold('promoted OK', 'on stage');
    way.stepDown();
    way.demoted('OK');
    expect([told.length, way.isOnStage()]).toEqual([2, false]);
  });
});
