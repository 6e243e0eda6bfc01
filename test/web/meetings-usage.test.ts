import type { Usage } from '../../client/balcony.ts';
import { figuresOf, lifeWords } from '../../web/meetings/usage-words.ts';

const when = (instant: string) => `<${instant}>`;
const LIFE = { openedAt: 'four', endedAt: 'six' };
const USAGE: Usage = {
  life: LIFE,
  people: 4123,
  joins: 5210,
  attendeeMinutes: { audience: 218412.4, stage: 187.25, total: 218599.65, estimated: 1204.5 },
  byMediaRegion: { 'us-east-1': 68599.25, 'eu-west-1': 150000.4 },
  peak: { viewers: 4018, at: 'five' },
  refusals: { BANNED: 1, MEETING_FULL: 12, MEETING_ENDED: 4000 },
  epochs: 1,
  replicas: 18,
  cost: { amount: 371.619405, currency: 'USD' },
  lives: [LIFE],
};
const linesOf = (usage: Usage) => figuresOf(usage, when).map(({ label, words }) => `${label}: ${words}`);

describe('the figures of a meeting', () => {
  it('say in words who came, for how long, when most were there, and what was refused', () => {
    expect(linesOf(USAGE)).toEqual([
      'Open: <four> to <six>',
      'People: 4,123, with 5,210 joins. A reconnection is another join.',
      'Attendee-minutes: 218,412 in the audience and 187 on stage: 218,600 in total. 1,205 of these are estimated: Chime did not report when the people came or left. It reports no departure when a meeting ends.',
      'By media region: Ireland 150,000 · Virginia 68,599',
      'Most viewers at once: 4,018, from <five>',
      'Refused joins, at least: after the end 4,000 · meeting full 12 · banned 1',
      'Opened: 18 replicas, 1 epoch',
      'Cost of the attendee-minutes: USD\u00a0371.62',
    ]);
  });

  it('leave out what is not known', () => {
    const { peak: _, cost: __, ...known } = USAGE;
    const attendeeMinutes = { audience: 0, stage: 0, total: 0, estimated: 0 };
    const lines = linesOf({ ...known, attendeeMinutes, byMediaRegion: {}, refusals: {}, joins: 1 });
    expect(lines).toEqual([
      'Open: <four> to <six>',
      'People: 4,123, with 1 join. A reconnection is another join.',
      'Attendee-minutes: 0 in the audience and 0 on stage: 0 in total',
      'Refused joins, at least: none',
      'Opened: 18 replicas, 1 epoch',
    ]);
  });

  it('are none for a meeting that was never opened', () => {
    const { life: _, ...unopened } = USAGE;
    expect(linesOf(unopened)).toEqual([]);
  });

  it('name a life of the name that goes on by its begin alone', () => {
    expect(lifeWords({ openedAt: 'four' }, when)).toBe('since <four>');
  });
});
