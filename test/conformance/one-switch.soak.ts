import { together } from '../../scripts/conformance/finding.ts';
import { alive, ask, chimeWith, closeAll } from './support.ts';
import { QUOTA, settling, turned } from './switches.ts';

afterEach(closeAll);

describe('conformance against an emulator with one switch changed', () => {
  it.each(turned)('finds %s: %s, and no other difference', async (key, value) => {
    const chime = await chimeWith({ concurrentMeetings: QUOTA, [key]: value });
    const answers = await ask(chime, settling(key));
    expect(together(answers.findings)).toEqual({ [key]: value });
    expect(answers.findings.filter(({ verdict, instead }) => verdict === 'unknown' || instead)).toEqual([]);
    expect(alive(chime)).toEqual([]);
  });
});
