import type { Capabilities, MeetingFeatures } from '../../../lib/domain/meeting/capabilities.ts';
import { isMuted, latestCapabilities, mutedFrom } from '../../../lib/domain/meeting/muting.ts';

const FULL: Capabilities = { Audio: 'SendReceive', Video: 'SendReceive', Content: 'SendReceive' };

describe('muting a person', () => {
  it('changes audio only', () => {
    const may: Capabilities = { Audio: 'Send', Video: 'Receive', Content: 'None' };
    expect(mutedFrom(may)).toEqual({ ...may, Audio: 'Receive' });
  });

  it('gives the usual capabilities of a muted person where none are known, or where Chime rejects their explicit form', () => {
    expect(mutedFrom(undefined)).toEqual({ ...FULL, Audio: 'Receive' });
    const withoutVideo: MeetingFeatures = { Video: { MaxResolution: 'None' } };
    const byDefault: Capabilities = { ...FULL, Video: 'Receive' };
    expect(mutedFrom(byDefault, withoutVideo)).toEqual({ Audio: 'Receive', Video: 'None', Content: 'Send' });
  });

  it('changes nothing for a person whose audio is not sent', () => {
    expect([FULL, { ...FULL, Audio: 'Send' as const }, undefined].map(isMuted)).toEqual([
      false,
      false,
      false,
    ]);
    expect((['Receive', 'None'] as const).map((Audio) => isMuted({ ...FULL, Audio }))).toEqual([true, true]);
  });
});

describe('the latest capabilities of a person', () => {
  it('are those of an open intent, else those of the attendee', () => {
    const Attendee = { AttendeeId: 'a', ExternalUserId: 'ann', JoinToken: 't', Capabilities: FULL };
    const wanted = { ...FULL, Audio: 'None' as const };
    expect(latestCapabilities({ state: 'held', Attendee, joinedAt: 0 })).toEqual(FULL);
    expect(latestCapabilities({ state: 'held', Attendee, wanted, joinedAt: 0 })).toEqual(wanted);
  });
});
