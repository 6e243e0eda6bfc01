import type { TopologyAnswer } from '../../lib/contract/answers/meetings.ts';
import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { homesOf } from '../../local/load-generator/audiences.ts';
import type { AudienceReport, LoadReport } from '../../local/load-generator/report.ts';

type Replica = TopologyAnswer['replicas'][number];

const IDLE: AudienceReport = {
  name: 'world',
  wanted: 0,
  seated: 0,
  waiting: 0,
  leaving: 0,
  homes: [],
  paths: [],
  meanRttMs: 0,
  refusals: {},
};

/** A report of an unknown name, with these changes. */
export function report(more: Partial<LoadReport> = {}): LoadReport {
  return {
    at: 1_900_000_000_000,
    externalMeetingId: 'all-hands',
    hands: { raised: 0, isMore: false },
    audience: IDLE,
    presenter: { wanted: false, onStage: false },
    chime: { slow: false, fullMediaRegions: [], operations: [], callsPerSecond: 0 },
    ...more,
  };
}

export function replica(mediaRegion: MediaRegion, more: Partial<Replica> = {}): Replica {
  const ordinal = more.ordinal ?? 0;
  const meetingId = `${mediaRegion}-${ordinal}`;
  return { ordinal, mediaRegion, meetingId, status: 'open', seatsTaken: 0, capacity: 250, ...more };
}

/** A live topology with its primary in Virginia. */
export function live(replicas: Replica[], more: Partial<TopologyAnswer> = {}): TopologyAnswer {
  const epoch = more.epoch ?? 1;
  return {
    externalMeetingId: 'all-hands',
    epoch,
    status: 'live',
    options: { maxReplicas: 40, waitForPresenter: true },
    primary: { meetingId: `primary-${epoch}`, mediaRegion: 'us-east-1', seatsTaken: 1, capacity: 240 },
    replicas,
    viewers: replicas.reduce((sum, { seatsTaken }) => sum + seatsTaken, 0),
    ...more,
  };
}

export const audience = (more: Partial<AudienceReport>): AudienceReport => ({ ...IDLE, ...more });

/** Ten thousand of the world, in forty full replicas, each seated as near to home as there was room. */
export function tenThousand(): LoadReport {
  const homes = homesOf('world', 10_000);
  const hosts = [...new Set(homes)];
  const counts = hosts.map((mediaRegion) => ({
    mediaRegion,
    viewers: homes.filter((home) => home === mediaRegion).length,
  }));
  const replicas = Array.from({ length: 40 }, (_, ordinal) =>
    replica(homes[ordinal * 250] as MediaRegion, { ordinal, seatsTaken: 250, status: 'full' }),
  );
  return report({
    topology: live(replicas),
    hands: { raised: 40, isMore: false },
    presenter: { wanted: true, onStage: true },
    audience: audience({
      wanted: 10_000,
      seated: 10_000,
      meanRttMs: 22,
      homes: counts.map(({ mediaRegion, viewers }) => ({ mediaRegion, wanted: viewers, seated: viewers })),
      paths: counts.map(({ mediaRegion, viewers }) => ({ from: mediaRegion, to: mediaRegion, viewers })),
    }),
  });
}
