import { readSettings } from '../../lib/settings.ts';

describe('the settings of a deployment', () => {
  it('have defaults for everything', () => {
    expect(readSettings({})).toMatchObject({
      tableName: 'balcony',
      controlRegion: 'us-east-1',
      defaultMediaRegion: 'us-east-1',
      personClaim: 'sub',
      personIds: 'plain',
      roleClaim: 'role',
      meetingClaim: 'meeting',
      trustViewerHeaders: false,
      leaseMs: 20_000,
      topologyCacheMs: 1000,
      retentionDays: 30,
      logLevel: 'info',
    });
  });

  it('take the control region from Lambda, unless it is named', () => {
    expect(readSettings({ AWS_REGION: 'eu-west-2' }).controlRegion).toBe('eu-west-2');
    const named = readSettings({ AWS_REGION: 'eu-west-2', CONTROL_REGION: 'eu-central-1' });
    expect(named).toMatchObject({ controlRegion: 'eu-central-1', defaultMediaRegion: 'eu-central-1' });
  });

  it('take an empty value for an absent one', () => {
    expect(readSettings({ LEASE_MS: '', TENANT_IDS: '', NOTIFICATIONS_QUEUE_ARN: '' })).toMatchObject({
      leaseMs: 20_000,
      tenantIds: undefined,
      notificationsQueueArn: undefined,
    });
  });

  it('read switches in any case', () => {
    const read = (TRUST_VIEWER_HEADERS: string) => readSettings({ TRUST_VIEWER_HEADERS }).trustViewerHeaders;
    expect(['TRUE', '1', 'False', '0'].map(read)).toEqual([true, true, false, false]);
  });

  it('are refused with what each invalid one must be', () => {
    expect(() => readSettings({ CHIME_BURST: '0', LOG_LEVEL: 'loud' })).toThrow(
      'CHIME_BURST: must be a whole number from 1 to 10000; LOG_LEVEL: must be info or error or silent',
    );
  });

  it('read lists', () => {
    expect(readSettings({ TENANT_IDS: 'one, two' }).tenantIds).toEqual(['one', 'two']);
  });

  it.each([
    ['TABLE_NAME', 'a b'],
    ['LEASE_MS', 'soon'],
    ['LEASE_MS', '0'],
    ['TRUST_VIEWER_HEADERS', 'maybe'],
    ['NETWORK_TYPE', 'Ipv6Only'],
    ['NOTIFICATIONS_QUEUE_ARN', 'https://queue'],
    ['TENANT_IDS', 'aaaa'],
    ['TENANT_IDS', 'one, , two'],
    ['TENANT_IDS', 'one,two,three,four,five,six'],
    ['LEASE_MS', '20000.5'],
    ['RETENTION_DAYS', '3651'],
    ['TRUST_VIEWER_HEADERS', 'constructor'],
    ['PRICE_PER_ATTENDEE_MINUTE', '0'],
    ['MEETING_HOST_ID', 'a;b'],
    ['LOG_LEVEL', 'loud'],
    ['CONTROL_REGION', 'eu-west-1'], // hosts media, has no API
    ['AWS_REGION', 'eu-west-3'],
    ['DEFAULT_MEDIA_REGION', 'us-gov-west-1'], // another partition
    ['DEFAULT_MEDIA_REGION', 'moon-1'],
  ])('refuse %s=%s by its name', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(name);
  });

  it.each(['af-south-1', 'il-central-1'])('let %s host at home only', (AWS_REGION) => {
    expect(readSettings({ AWS_REGION }).defaultMediaRegion).toBe(AWS_REGION);
    expect(() => readSettings({ AWS_REGION, DEFAULT_MEDIA_REGION: 'eu-west-1' })).toThrow(
      `DEFAULT_MEDIA_REGION: not eu-west-1; ${AWS_REGION} hosts meetings in ${AWS_REGION}`,
    );
  });
});
