import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import type { Crowd } from './crowd.ts';
import type { AudienceReport, Path } from './report.ts';
import type { Viewer } from './viewer.ts';

/** The state of a crowd, in one pass over its viewers. */
export function audienceReport({ allViewers, isWanted, target, refusals }: Crowd): AudienceReport {
  const all = allViewers();
  const wanted = all.filter(isWanted);
  const seated = all.filter((viewer) => viewer.seat);
  const staying = wanted.filter((viewer) => viewer.seat);
  const total = seated.reduce((sum, { seat }) => sum + (seat?.rttMs ?? 0), 0);
  return {
    name: target().name,
    wanted: wanted.length,
    seated: seated.length,
    waiting: wanted.length - staying.length,
    leaving: seated.length - staying.length,
    homes: homesIn(wanted),
    paths: pathsIn(seated),
    meanRttMs: Math.round(total / Math.max(1, seated.length)),
    refusals: { ...refusals },
  };
}

function homesIn(viewers: Viewer[]): AudienceReport['homes'] {
  const homes = new Map<MediaRegion, AudienceReport['homes'][number]>();
  for (const { home, seat } of viewers) {
    const row = homes.get(home) ?? { mediaRegion: home, wanted: 0, seated: 0 };
    row.wanted += 1;
    if (seat) row.seated += 1;
    homes.set(home, row);
  }
  return [...homes.values()].toSorted((a, b) => b.wanted - a.wanted);
}

function pathsIn(viewers: Viewer[]): Path[] {
  const paths = new Map<string, Path>();
  for (const { home, seat } of viewers) {
    if (!seat) continue;
    const key = `${home} ${seat.mediaRegion}`;
    const path = paths.get(key) ?? { from: home, to: seat.mediaRegion, viewers: 0 };
    path.viewers += 1;
    paths.set(key, path);
  }
  return [...paths.values()].toSorted((a, b) => b.viewers - a.viewers);
}
