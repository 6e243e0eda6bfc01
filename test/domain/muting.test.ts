import type { Capabilities } from '../../lib/domain/capabilities.ts';
import { mutingOf } from '../../lib/domain/muting.ts';

const FULL: Capabilities = { Audio: 'SendReceive', Video: 'SendReceive', Content: 'SendReceive' };
const may = (changes: Partial<Capabilities>) => ({ Attendee: { Capabilities: { ...FULL, ...changes } } });

describe('muting', () => {
  it('takes together those who have the usual video and content', () => {
    const people = [may({}), may({ Audio: 'Send' }), { Attendee: {} }];
    expect(mutingOf(people)).toMatchObject({ together: people, alone: [], left: [] });
  });

  it('takes alone those who have other video or content, and leaves them that', () => {
    const person = may({ Content: 'None' });
    const capabilities = { ...FULL, Audio: 'Receive', Content: 'None' };
    expect(mutingOf([person])).toMatchObject({ together: [], alone: [{ person, capabilities }] });
  });

  it('leaves those alone whose audio was taken wholly, whatever else they have', () => {
    const people = [may({ Audio: 'None' }), may({ Audio: 'None', Video: 'Receive' })];
    expect(mutingOf(people)).toMatchObject({ together: [], alone: [], left: people });
  });
});
