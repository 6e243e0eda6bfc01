import {
  type Capabilities,
  type Capability,
  capabilityFault,
  capacityOf,
  defaultCapabilities,
  featureFault,
  type MeetingFeatures,
  stageCapacity,
  withRequiredMaxCount,
} from '../../../lib/domain/meeting/capabilities.ts';
import fc from '../../support/random/property.ts';

const video = (MaxResolution: 'None' | 'HD' | 'FHD'): MeetingFeatures => ({ Video: { MaxResolution } });
const content = (MaxResolution: 'None' | 'FHD' | 'UHD'): MeetingFeatures => ({ Content: { MaxResolution } });
const atMost = (MaxCount: number): MeetingFeatures => ({ Attendee: { MaxCount } });
const may = (Video: Capability, Content: Capability): Capabilities => ({ Audio: 'None', Video, Content });

const anyCapability = fc.constantFrom<Capability>('SendReceive', 'Send', 'Receive', 'None');
const anyCapabilities = fc.record({ Audio: anyCapability, Video: anyCapability, Content: anyCapability });
const anyFeatures: fc.Arbitrary<MeetingFeatures> = fc.record(
  {
    Video: fc.record({ MaxResolution: fc.constantFrom('None', 'HD', 'FHD', undefined) }),
    Content: fc.record({ MaxResolution: fc.constantFrom('None', 'FHD', 'UHD', undefined) }),
    Attendee: fc.record({ MaxCount: fc.oneof(fc.integer(), fc.integer({ min: 1, max: 30 }), fc.double()) }),
  },
  { requiredKeys: [] },
);

describe('the capacity of a meeting', () => {
  it.each([
    ['without features', undefined, 250],
    ['with HD video and FHD content', { ...video('HD'), ...content('FHD') }, 250],
    ['with FHD video', video('FHD'), 25],
    ['with UHD content', content('UHD'), 25],
    ['with a lower MaxCount', atMost(3), 3],
    ['with a lower MaxCount in high definition', { ...video('FHD'), ...atMost(10) }, 10],
    ['with a MaxCount beyond what Chime allows', atMost(1000), 250],
    ['with a MaxCount beyond what high definition allows', { ...content('UHD'), ...atMost(100) }, 25],
    ['with a MaxCount of nonsense', atMost(Number.NaN), 250],
  ])('%s is what Chime grants', (_what, features, capacity) => {
    expect(capacityOf(features)).toBe(capacity);
  });

  it('is a whole number from 1 to 250, whatever the features', () => {
    fc.assert(
      fc.property(anyFeatures, (features) => {
        expect(Number.isInteger(capacityOf(features))).toBe(true);
        expect(capacityOf(features)).toBeGreaterThanOrEqual(1);
        expect(capacityOf(features)).toBeLessThanOrEqual(250);
      }),
    );
  });
});

describe('the options of a meeting with high definition', () => {
  it('get the MaxCount that high definition requires, and keep the other features', () => {
    const asked: MeetingFeatures = { ...video('FHD'), Audio: { EchoReduction: 'AVAILABLE' } };
    expect(withRequiredMaxCount(asked)).toEqual({ ...asked, ...atMost(25) });
    expect(withRequiredMaxCount({ ...content('UHD'), Attendee: {} })).toEqual({
      ...content('UHD'),
      ...atMost(25),
    });
  });

  it('keep their own MaxCount, and get none where none is required', () => {
    for (const features of [undefined, {}, video('HD'), atMost(100), { ...video('FHD'), ...atMost(10) }])
      expect(withRequiredMaxCount(features)).toBe(features);
  });

  it.each([0, -1, 2.5, 251, Number.NaN])('are invalid with a MaxCount of %p', (count) => {
    expect(featureFault(atMost(count))?.field).toBe('meetingFeatures.Attendee.MaxCount');
  });

  it('are invalid in high definition with more than 25 attendees', () => {
    expect(featureFault({ ...video('FHD'), ...atMost(100) })).toEqual({
      field: 'meetingFeatures.Attendee.MaxCount',
      detail: 'must be a whole number from 1 to 25 with FHD video or UHD content',
    });
    expect(featureFault({ ...content('UHD'), ...atMost(26) })).toBeDefined();
    expect(featureFault({ ...video('FHD'), ...atMost(25) })).toBeUndefined();
  });

  it('are valid exactly when the meeting then holds as many as asked', () => {
    fc.assert(
      fc.property(anyFeatures, (features) => {
        const sent = withRequiredMaxCount(features);
        const asked = sent?.Attendee?.MaxCount ?? capacityOf(sent);
        expect(featureFault(features) === undefined).toBe(asked === capacityOf(sent));
      }),
    );
  });
});

describe('the capabilities of an attendee', () => {
  it.each(['Send', 'Receive', 'SendReceive'] as const)('cannot be video %s without video', (Video) => {
    expect(capabilityFault(may(Video, 'None'), video('None'))?.field).toBe('capabilities.Video');
    expect(capabilityFault(may(Video, 'None'), video('HD'))).toBeUndefined();
  });

  it.each(['Send', 'Receive', 'SendReceive'] as const)('cannot be content %s without content', (Content) => {
    expect(capabilityFault(may('Receive', Content), content('None'))?.field).toBe('capabilities.Content');
    expect(capabilityFault(may('Receive', Content), content('FHD'))).toBeUndefined();
  });

  it.each(['None', 'Send'] as const)('cannot receive content while video is %s', (Video) => {
    for (const Content of ['Receive', 'SendReceive'] as const)
      expect(capabilityFault(may(Video, Content))?.field).toBe('capabilities.Content');
    for (const Content of ['None', 'Send'] as const)
      expect(capabilityFault(may(Video, Content))).toBeUndefined();
  });

  it('otherwise depend on the meeting only: video without content, and any audio', () => {
    expect(capabilityFault(may('Receive', 'None'))).toBeUndefined();
    fc.assert(
      fc.property(anyCapabilities, anyCapability, anyFeatures, (asked, Audio, features) => {
        expect(capabilityFault({ ...asked, Audio }, features)).toEqual(capabilityFault(asked, features));
      }),
    );
  });

  it('default to everything that the meeting has', () => {
    const all = { Audio: 'SendReceive', Video: 'SendReceive', Content: 'SendReceive' };
    expect(defaultCapabilities()).toEqual(all);
    expect(defaultCapabilities(content('None'))).toEqual({ ...all, Content: 'None' });
    expect(defaultCapabilities(video('None'))).toEqual({ ...all, Video: 'Receive' });
    const soundOnly = { ...video('None'), ...content('None') };
    expect(defaultCapabilities(soundOnly)).toEqual({ ...all, Video: 'None', Content: 'None' });
  });

  it('may be requested as they default, except content without video, where they must be left out', () => {
    fc.assert(
      fc.property(anyFeatures, (features) => {
        const hasOnlyContent =
          features.Video?.MaxResolution === 'None' && features.Content?.MaxResolution !== 'None';
        const refused = capabilityFault(defaultCapabilities(features), features) !== undefined;
        expect(refused).toBe(hasOnlyContent);
      }),
    );
  });
});

describe('the room on a stage', () => {
  it.each([
    [250, 240],
    [126, 116],
    [100, 92],
    [25, 23],
    [3, 2],
    [2, 1],
    [1, 1],
  ])(
    'of %i places is for %i people: the rest is for content shares and media pipelines',
    (capacity, people) => {
      expect(stageCapacity(capacity)).toBe(people);
    },
  );

  it('is at least one and never more than the meeting holds, for any features', () => {
    fc.assert(
      fc.property(anyFeatures, (features) => {
        const capacity = capacityOf(features);
        expect(stageCapacity(capacity)).toBeGreaterThanOrEqual(1);
        expect(stageCapacity(capacity)).toBeLessThanOrEqual(capacity);
      }),
    );
  });
});
