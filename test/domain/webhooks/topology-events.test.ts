import { eventsOf } from '../../../lib/domain/webhooks/change.ts';
import { NOON, NOON_S, recordOf, typesIn } from './images.ts';

const PK = 'MEETING#all-hands';
const options = { maxReplicas: 2, waitForPresenter: true };
const scheduled = {
  incarnation: 'i1',
  incarnatedAt: 1,
  epoch: 1,
  status: 'scheduled',
  options,
  replicas: {},
};
const primary = {
  state: 'open',
  mediaRegion: 'eu-central-1',
  capacity: 250,
  openedAt: NOON_S * 1000 + 7,
  Meeting: { MeetingId: 'm1', ExternalMeetingId: 'all-hands' },
};
const live = { ...scheduled, status: 'live', primary, stage: new Set(['ada']) };
const replica = (ordinal: number, more = {}) => ({
  ordinal,
  state: 'open',
  mediaRegion: 'eu-central-1',
  capacity: 200,
  meetingId: `r${ordinal}`,
  openedAt: NOON_S * 1000,
  ...more,
});
const withReplicas = (...replicas: { ordinal: number }[]) => ({
  ...live,
  replicas: Object.fromEntries(replicas.map((each) => [String(each.ordinal), each])),
});

describe('the events of a meeting', () => {
  it('tell that its first epoch started and that it is live, when the primary opens', () => {
    expect(eventsOf(recordOf(PK, scheduled, live))).toEqual([
      expect.objectContaining({
        type: 'epoch.started',
        externalMeetingId: 'all-hands',
        occurredAt: new Date(primary.openedAt).toISOString(),
        sequence: '1',
        data: { incarnation: 'i1', epoch: 1, mediaRegion: 'eu-central-1' },
      }),
      expect.objectContaining({ type: 'meeting.live', data: { incarnation: 'i1', epoch: 1 } }),
    ]);
  });

  it('tell nothing when it is created, changed, or claimed', () => {
    expect(typesIn(PK, undefined, scheduled)).toEqual([]);
    expect(typesIn(PK, scheduled, { ...scheduled, options: { ...options, maxReplicas: 4 } })).toEqual([]);
    const claimed = { ...scheduled, primary: { state: 'claimed', mediaRegion: 'us-east-1', capacity: 0 } };
    expect(typesIn(PK, scheduled, claimed)).toEqual([]);
    expect(typesIn(PK, live, { ...live, stage: new Set(['ada', 'bob']) })).toEqual([]);
  });

  it('tell that it is live only once the curtain is open, where it has one', () => {
    const curtained = { ...live, options: { ...options, admission: 'manual' } };
    expect(typesIn(PK, { ...scheduled, options: curtained.options }, curtained)).toEqual(['epoch.started']);
    const opened = { ...curtained, liveSince: NOON_S * 1000 + 9000 };
    expect(eventsOf(recordOf(PK, curtained, opened))).toEqual([
      expect.objectContaining({ type: 'meeting.live', occurredAt: new Date(opened.liveSince).toISOString() }),
    ]);
    expect(typesIn(PK, opened, curtained)).toEqual([]);
  });

  it('tell of the next epoch, and that the replicas of the last one closed', () => {
    const next = { ...scheduled, epoch: 2 };
    expect(typesIn(PK, withReplicas(replica(0), replica(1)), next)).toEqual([
      'replica.closed',
      'replica.closed',
    ]);
    const reborn = { ...live, epoch: 2, primary: { ...primary, Meeting: { MeetingId: 'm2' } } };
    expect(typesIn(PK, next, reborn)).toEqual(['epoch.started', 'meeting.live']);
  });

  it('tell its end once, at the time of the change', () => {
    const ended = { ...live, status: 'ended' };
    expect(eventsOf(recordOf(PK, live, ended))).toEqual([
      expect.objectContaining({
        type: 'meeting.ended',
        occurredAt: NOON,
        data: { incarnation: 'i1', epoch: 1 },
      }),
    ]);
    const withReplica = { ...withReplicas(replica(0)), status: 'ended' };
    expect(typesIn(PK, withReplicas(replica(0)), withReplica)).toEqual(['replica.closed', 'meeting.ended']);
    expect(typesIn(PK, withReplica, { ...ended, replicas: {} })).toEqual([]);
    expect(typesIn(PK, ended, undefined)).toEqual([]);
  });

  it('give the same ids for the same record, and others for another record', () => {
    const ids = (n: number) => eventsOf(recordOf(PK, scheduled, live, n)).map(({ id }) => id);
    expect(ids(1)).toEqual(ids(1));
    expect(new Set([...ids(1), ...ids(2)]).size).toBe(4);
    for (const id of ids(1)) expect(id).toMatch(/^evt_[\w-]{32}$/);
  });
});

describe('the events of replicas', () => {
  it('tell that one opened and that one closed, by its ordinal and without its meeting', () => {
    const events = eventsOf(recordOf(PK, withReplicas(replica(0)), withReplicas(replica(1))));
    expect(events.map(({ type, data }) => [type, data.ordinal])).toEqual([
      ['replica.closed', 0],
      ['replica.opened', 1],
    ]);
    expect(JSON.stringify(events)).not.toContain('r1');
  });

  it('tell nothing while one is being opened', () => {
    expect(typesIn(PK, live, withReplicas(replica(0, { state: 'claimed', meetingId: undefined })))).toEqual(
      [],
    );
  });
});

describe('the events of seats', () => {
  const full = { soldOut: true };
  const filling = { filling: true };

  it('tell that seats are short once every replica fills and no other can be opened', () => {
    expect(typesIn(PK, withReplicas(replica(0)), withReplicas(replica(0, filling)))).toEqual([]);
    const before = withReplicas(replica(0, filling), replica(1));
    expect(eventsOf(recordOf(PK, before, withReplicas(replica(0, filling), replica(1, filling))))).toEqual([
      expect.objectContaining({
        type: 'seats.short',
        data: { incarnation: 'i1', epoch: 1, replicas: 2, seats: 400 },
      }),
    ]);
  });

  it('tell that the meeting is full once every replica is sold out, and again after a seat was free', () => {
    const almost = withReplicas(replica(0, full), replica(1, filling));
    const sold = withReplicas(replica(0, full), replica(1, { ...filling, ...full }));
    expect(typesIn(PK, almost, sold)).toEqual(['meeting.full']);
    expect(typesIn(PK, sold, { ...sold, stage: new Set(['bob']) })).toEqual([]);
    expect(typesIn(PK, sold, almost)).toEqual([]);
  });

  it('tell neither while another replica is being opened', () => {
    const opening = replica(1, { state: 'claimed', meetingId: undefined });
    expect(typesIn(PK, withReplicas(replica(0), opening), withReplicas(replica(0, full), opening))).toEqual(
      [],
    );
  });

  it('tell both when a learned limit ends the growth', () => {
    const learnedLimit = { replicas: 1, of: 'account', since: NOON_S * 1000, at: NOON_S * 1000, refusals: 1 };
    const sold = withReplicas(replica(0, full));
    expect(typesIn(PK, sold, { ...sold, learnedLimit })).toEqual(['seats.short', 'meeting.full']);
  });
});

describe('the events of captions', () => {
  const wish = { version: 1, by: 'r', settings: { languageCode: 'de-DE' } };
  const asked = { version: 1, at: NOON_S * 1000, by: 'r' };
  const wanted = { ...live, captions: wish };
  const withPrimary = (more: object) => ({
    ...wanted,
    primary: { ...primary, captionsAsked: asked, ...more },
  });
  const seen = (state: string, message?: string) =>
    withPrimary({ captionsSeen: { state, at: NOON_S * 1000 + 1, rank: 0, ...(message && { message }) } });
  const dataIn = (before: object, after: object) =>
    eventsOf(recordOf(PK, before, after)).map(({ data }) => data);
  const all = { incarnation: 'i1', epoch: 1, languageCode: 'de-DE' };

  it('tell each state that hosts read, and why captions failed', () => {
    expect(dataIn(live, wanted)).toEqual([{ ...all, state: 'starting' }]);
    expect(dataIn(withPrimary({}), seen('on'))).toEqual([{ ...all, state: 'on' }]);
    expect(dataIn(seen('on'), seen('failed', 'AccessDenied'))).toEqual([
      { ...all, state: 'failed', detail: expect.stringContaining('AccessDenied') },
    ]);
    const unwanted = { ...seen('on'), captions: { version: 2, by: 'r' } };
    expect(dataIn(seen('on'), unwanted)).toEqual([{ incarnation: 'i1', epoch: 1, state: 'stopping' }]);
    const stopped = {
      ...unwanted,
      primary: { ...unwanted.primary, captionsAsked: { ...asked, version: 2 } },
    };
    expect(dataIn(unwanted, stopped)).toEqual([{ incarnation: 'i1', epoch: 1, state: 'off' }]);
  });

  it('tell nothing of a request to Chime, of a wish for no captions, and of the end of the meeting', () => {
    expect(typesIn(PK, wanted, withPrimary({}))).toEqual([]);
    expect(typesIn(PK, live, { ...live, captions: { version: 1, by: 'r' } })).toEqual([]);
    expect(typesIn(PK, seen('on'), { ...seen('on'), status: 'ended' })).toEqual(['meeting.ended']);
  });
});
