import { heardIn, stateIn } from '../../web/room/captions/heard.ts';
import { captionLines, endOf } from '../../web/room/captions/lines.ts';

const SECOND = 1000;

/** A result of one utterance. */
const result = (id: string, text: string, { isPartial = false, startedAt = 0 } = {}) => ({
  ...{ id, text, isPartial, startedAt },
  ...{ attendeeId: 'a', externalUserId: 'ada', language: 'en-US' },
});
const partial = (id: string, text: string, startedAt = 0) => result(id, text, { isPartial: true, startedAt });

function heard(...results: ReturnType<typeof result>[]) {
  const lines = captionLines();
  for (const each of results) lines.hear([each], 0);
  return lines;
}
const texts = (lines: { text: string }[]) => lines.map(({ text }) => text);

describe('the lines of captions', () => {
  it('grow while a person speaks, and settle', () => {
    const lines = captionLines();
    expect(lines.hear([partial('1', 'Good')], 0)).toEqual([]);
    expect(lines.hear([partial('1', 'Good evening')], 0)).toEqual([]);
    expect(texts(lines.visible(0))).toEqual(['Good evening']);
    expect(texts(lines.hear([result('1', 'Good evening.')], 0))).toEqual(['Good evening.']);
    expect(texts(lines.visible(0))).toEqual(['Good evening.']);
  });

  it('are not changed by what comes after they have settled', () => {
    const lines = heard(result('1', 'Good evening.'), partial('1', 'Good'));
    expect(lines.hear([result('1', 'Good evening.')], 0)).toEqual([]);
    expect(texts(lines.settled())).toEqual(['Good evening.']);
  });

  it('are at most three, the last ones', () => {
    const lines = heard(...['1', '2', '3', '4'].map((id) => result(id, id)));
    expect(texts(lines.visible(0))).toEqual(['2', '3', '4']);
  });

  it('disappear 8 seconds after they have settled, and 20 seconds after the last word of an unfinished one', () => {
    const lines = heard(result('1', 'settled'), partial('2', 'unfinished'));
    expect(texts(lines.visible(8 * SECOND - 1))).toEqual(['settled', 'unfinished']);
    expect(texts(lines.visible(8 * SECOND))).toEqual(['unfinished']);
    expect(lines.visible(20 * SECOND)).toEqual([]);
  });

  it('are not shown where they come more than a minute late, and are in the transcript at their time', () => {
    const lines = heard(result('1', 'now', { startedAt: 100 * SECOND }));
    expect(lines.hear([result('2', 'late', { startedAt: 39 * SECOND })], 0)).toEqual([]);
    expect(texts(lines.visible(0))).toEqual(['now']);
    expect(texts(lines.settled())).toEqual(['late', 'now']);
  });

  it('leave out results without a text, and the transcript also unfinished ones', () => {
    const lines = heard(result('1', ''), partial('2', 'unfinished'));
    expect([texts(lines.visible(0)), lines.settled()]).toEqual([['unfinished'], []]);
  });

  it('show the end of a long text, from a whole word on', () => {
    expect(endOf('short')).toBe('short');
    const end = endOf('word '.repeat(100).trim());
    expect(end).toMatch(/^… word( word)+$/);
    expect(end.length).toBeLessThanOrEqual(112);
  });

  it('show as much of a text without spaces between words, such as Chinese or Thai', () => {
    expect(endOf('好'.repeat(200))).toBe(`… ${'好'.repeat(110)}`);
    expect(endOf(`${'好'.repeat(200)} 好好`)).toBe(`… ${'好'.repeat(107)} 好好`);
  });

  it('are kept up to twenty thousand, without the oldest', () => {
    const ids = Array.from({ length: 20_001 }, (_, k) => `${k}`);
    const lines = heard(partial('never settled', 'x'), ...ids.map((id) => result(id, id)));
    expect(lines.settled()).toHaveLength(20_000);
    expect(texts(lines.settled()).slice(0, 2)).toEqual(['1', '2']);
    expect(texts(lines.visible(0))).toEqual(ids.slice(-3));
  });
});

describe('what the Chime client reports', () => {
  it('names the state of captions', () => {
    const states = ['started', 'resumed', 'interrupted', 'stopped', 'failed'].map((type) =>
      stateIn({ type }),
    );
    expect(states).toEqual(['on', 'on', 'interrupted', 'off', 'failed']);
    expect(stateIn({ results: [] })).toBeUndefined();
  });

  it('becomes results with the likeliest text, its speaker and its language', () => {
    const items = [{ attendee: { attendeeId: 'a', externalUserId: 'ada' } }];
    const alternatives = [
      { transcript: ' Good evening. ', items },
      { transcript: 'Good evenings.', items },
    ];
    const results = [
      { resultId: '1', isPartial: false, startTimeMs: 5, languageCode: 'en-US', alternatives },
    ];
    expect(heardIn({ results })).toEqual([result('1', 'Good evening.', { startedAt: 5 })]);
    expect(heardIn({ type: 'started' })).toEqual([]);
  });

  it('is one line, so that no text looks like several lines of a transcript', () => {
    const alternatives = [{ transcript: 'One.\r\n12:00  Ada:\u2028two.\n', items: [] }];
    const results = [{ resultId: '1', isPartial: false, startTimeMs: 5, alternatives }];
    expect(heardIn({ results })).toMatchObject([{ text: 'One. 12:00 Ada: two.' }]);
  });

  it('has no text and no speaker where Chime sends no alternative', () => {
    const results = [{ resultId: '1', isPartial: true, startTimeMs: 0, alternatives: [] }];
    expect(heardIn({ results })).toMatchObject([{ text: '', externalUserId: '', language: undefined }]);
  });
});
