import { capabilities, mediaRegion } from '../../lib/contract/media.ts';
import { meetingFeatures, tags } from '../../lib/contract/requests/features.ts';
import { joinBody } from '../../lib/contract/requests/join.ts';
import { meetingOptions } from '../../lib/contract/requests/meeting-options.ts';
import { pageQuery } from '../../lib/contract/requests/pages.ts';
import { seatsBody } from '../../lib/contract/requests/stage.ts';

const takes = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe('the options of a meeting', () => {
  it('are all optional, and default to Chime’s quota of replicas', () => {
    expect(meetingOptions.parse({})).toEqual({ maxReplicas: 4, waitForPresenter: true });
  });

  it.each([
    ['no replicas', { maxReplicas: 0 }],
    ['a hundred replicas', { maxReplicas: 100 }],
    ['a primary in an allowed region', { mediaRegion: 'eu-west-1', allowedMediaRegions: ['eu-west-1'] }],
    ['Israel', { mediaRegion: 'il-central-1' }],
    ['features', { meetingFeatures: { Attendee: { MaxCount: 250 } } }],
  ])('may contain %s', (_, options) => expect(takes(meetingOptions, options)).toBe(true));

  it.each([
    [
      'a primary outside the allowed regions',
      { mediaRegion: 'us-east-1', allowedMediaRegions: ['eu-west-1'] },
    ],
    ['no allowed region at all', { allowedMediaRegions: [] }],
    ['an allowed region twice', { allowedMediaRegions: ['eu-west-1', 'eu-west-1'] }],
    ['an unknown region', { mediaRegion: 'mars-north-1' }],
    ['101 replicas', { maxReplicas: 101 }],
    ['half a replica', { maxReplicas: 1.5 }],
    ['a number as text', { maxReplicas: '4' }],
    ['null for absent', { mediaRegion: null }],
    ['an unknown member', { region: 'eu-west-1' }],
  ])('may not contain %s', (_, options) => expect(takes(meetingOptions, options)).toBe(false));
});

describe('meeting features', () => {
  it.each([
    [{ Video: { MaxResolution: 'FHD' }, Attendee: { MaxCount: 25 } }, true],
    [{ Video: { MaxResolution: 'FHD' } }, true],
    [{ Video: { MaxResolution: 'FHD' }, Attendee: { MaxCount: 26 } }, false],
    [{ Content: { MaxResolution: 'UHD' }, Attendee: { MaxCount: 250 } }, false],
    [{ Content: { MaxResolution: 'HD' } }, false],
    [{ Attendee: { MaxCount: 0 } }, false],
    [{ Attendee: { MaxCount: 251 } }, false],
    [{ Audio: { EchoReduction: 'AVAILABLE' } }, true],
    [{ audio: { EchoReduction: 'AVAILABLE' } }, false],
    [{ Audio: { echo: true } }, false],
  ])('like %j are valid: %j', (features, sound) => expect(takes(meetingFeatures, features)).toBe(sound));

  it('that do not fit together are refused by the name of the count', () => {
    const features = { Video: { MaxResolution: 'FHD' }, Attendee: { MaxCount: 26 } };
    const { error } = meetingOptions.safeParse({ meetingFeatures: features });
    expect(error?.issues[0]?.path).toEqual(['meetingFeatures', 'Attendee', 'MaxCount']);
  });
});

describe('capabilities', () => {
  const all = { Audio: 'SendReceive', Video: 'SendReceive', Content: 'SendReceive' };

  it.each([
    [all, true],
    [{ ...all, Video: 'Send' }, false],
    [{ ...all, Video: 'None', Content: 'Receive' }, false],
    [{ ...all, Video: 'Receive', Content: 'Receive' }, true],
    [{ Audio: 'Send', Video: 'None' }, false],
    [{ ...all, Data: 'Send' }, false],
    [{ ...all, Audio: 'receive' }, false],
  ])('like %j are valid: %j', (wanted, sound) => expect(takes(capabilities, wanted)).toBe(sound));

  it('that are invalid are refused by the field’s path in the request', () => {
    const { error } = joinBody.safeParse({ capabilities: { ...all, Video: 'None' } });
    expect(error?.issues[0]?.path).toEqual(['capabilities', 'Content']);
  });
});

describe('the validation of tags decides on', () => {
  const tag = (Key: string, Value = '') => ({ Key, Value });

  it.each([
    ['none', [], true],
    ['fifty', Array.from({ length: 50 }, (_, n) => tag(`k${n}`)), true],
    ['fifty-one', Array.from({ length: 51 }, (_, n) => tag(`k${n}`)), false],
    ['a key twice', [tag('a'), tag('a')], false],
    ['an empty key', [tag('')], false],
    ['a key of 129', [tag('k'.repeat(129))], false],
    ['a key with a space', [tag('a b')], false],
    ['a key of the name space of AWS', [tag('aws:cost')], false],
    ['one in capitals', [tag('AWS:cost')], false],
    ['a key that only sounds like it', [tag('awsome:cost')], true],
    ['a value of 256', [tag('a', 'v'.repeat(256))], true],
    ['a value of 257', [tag('a', 'v'.repeat(257))], false],
    ['an object', { a: 'b' }, false],
  ])('%s', (_, list, sound) => expect(takes(tags, list)).toBe(sound));
});

describe('the tenants, the network type and the host of a meeting', () => {
  it.each([
    ['tenantIds', ['acme', 'A-1_!@#$'], true],
    ['tenantIds', ['x'.repeat(3)], true],
    ['tenantIds', ['ab'.repeat(128)], true],
    ['tenantIds', ['abc'.repeat(86)], false],
    ['tenantIds', ['acmeeee'], false],
    ['tenantIds', ['a'], false],
    ['tenantIds', ['two words'], false],
    ['tenantIds', [], false],
    ['tenantIds', ['aa', 'bb', 'cc', 'dd', 'ee'], true],
    ['tenantIds', ['aa', 'bb', 'cc', 'dd', 'ee', 'ff'], false],
    ['tenantIds', 'acme', false],
    ['networkType', 'Ipv4Only', true],
    ['networkType', 'DualStack', true],
    ['networkType', 'Ipv6Only', false],
    ['meetingHostId', 'ada@example.com/1', true],
    ['meetingHostId', 'a'.repeat(64), true],
    ['meetingHostId', 'a'.repeat(65), false],
    ['meetingHostId', 'a', false],
    ['meetingHostId', 'a;b', false],
    ['meetingHostId', 'aws:ada', false],
  ])('as %s of %j are valid: %j; others are refused by field', (field, value, sound) => {
    const { success, error } = meetingOptions.safeParse({ [field]: value });
    expect(success).toBe(sound);
    if (!sound) expect(error?.issues[0]?.path[0]).toBe(field);
  });
});

describe('lists, regions and seats', () => {
  it('have pages of 50, at most 100', () => {
    expect(pageQuery.parse({})).toEqual({ limit: 50 });
    expect(pageQuery.parse({ limit: '100' })).toEqual({ limit: 100 });
    for (const limit of ['0', '101', '', 'ten', '1.5', '1,2'])
      expect(takes(pageQuery, { limit })).toBe(false);
    expect(takes(pageQuery, { cursor: 'a b' })).toBe(false);
  });

  it('include the 18 commercial media regions and Israel', () => {
    expect(mediaRegion.options).toEqual(
      expect.arrayContaining(['us-east-1', 'ap-northeast-2', 'il-central-1']),
    );
    expect(mediaRegion.options.filter((region) => !region.startsWith('us-gov-'))).toHaveLength(19);
  });

  it('give seats by media region', () => {
    expect(takes(seatsBody, { seats: { 'eu-central-1': 1000 } })).toBe(true);
    expect(takes(seatsBody, { seats: { moon: 1 } })).toBe(false);
    expect(takes(seatsBody, { seats: { 'eu-central-1': -1 } })).toBe(false);
    expect(takes(seatsBody, {})).toBe(false);
  });
});
