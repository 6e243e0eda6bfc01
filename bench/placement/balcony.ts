import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { rttMs } from '../../lib/domain/geo/rtt.ts';
import { crossesSoftMark } from '../../lib/domain/meeting/seats.ts';
import type { Replica, Topology } from '../../lib/domain/meeting/topology.ts';
import type { Placement } from '../../lib/domain/placement/decision.ts';
import {
  cameTo,
  type Demand,
  type Drawn,
  demandOf,
  type Expected,
} from '../../lib/domain/placement/demand.ts';
import { isReviewTicket, openAhead } from '../../lib/domain/placement/open-ahead.ts';
import { placeViewer } from '../../lib/domain/placement/placement.ts';

const CONTROL_REGION = 'us-east-1';
/** A viewer's join reads the demand if every seat is farther than this. */
const NEAR_MS = 40;
const LOOKS_AT_MOST = 4;

/**
 * The rules of lib/domain as a join applies them: look, open and look again, take a seat. The drawer of a review ticket then
 * reviews the demand.
 */
export class Balcony {
  private replicas: Replica[] = [];
  private readonly taken: number[] = [];
  /** The viewers at each replica, as its counts record them. */
  private readonly drawn: Drawn[] = [];
  private readonly known = new Map<MediaRegion, Placement>();
  private readonly house: { most: number; seats: number } & Expected;

  constructor(house: { most: number; seats: number } & Expected) {
    this.house = house;
  }

  /** The milliseconds to the replica where this viewer is seated. */
  seat(mediaRegion: MediaRegion, random: number): number {
    for (let look = 0; look < LOOKS_AT_MOST; look++) {
      const placement = this.look(mediaRegion, random);
      if (placement.kind === 'seat') return this.takeSeat(mediaRegion, placement.replica);
      this.open(placement);
    }
    throw new Error(`No seat for a viewer from ${mediaRegion}`);
  }

  /** While no replica opens or fills, a viewer with a near seat sits where earlier viewers of the same region sat. */
  private look(mediaRegion: MediaRegion, random: number): Placement {
    const known = this.known.get(mediaRegion);
    if (known) return known;
    const viewer = { mediaRegion, controlRegion: CONTROL_REGION, now: 0, random, demand: this.demand() };
    const placement = placeViewer(this.topology(), viewer);
    const settled = placement.kind === 'seat' && (placement.rttMs <= NEAR_MS || !this.hasLeft());
    if (settled && this.isOnly(placement.replica)) this.known.set(mediaRegion, placement);
    return placement;
  }

  private takeSeat(mediaRegion: MediaRegion, { ordinal }: Replica): number {
    const ticket = this.taken[ordinal] ?? 0;
    this.taken[ordinal] = ticket + 1;
    this.count(mediaRegion, { ordinal, ticket });
    const filling = crossesSoftMark(ticket, this.house.seats);
    if (filling) this.mark(ordinal, { filling });
    if (ticket + 1 === this.house.seats) this.mark(ordinal, { soldOut: true });
    if (this.hasLeft() && (filling || isReviewTicket(ticket))) this.review(filling ? ordinal : undefined);
    return rttMs(mediaRegion, (this.replicas[ordinal] as Replica).mediaRegion);
  }

  private count(mediaRegion: MediaRegion, { ordinal, ticket }: { ordinal: number; ticket: number }): void {
    const { arrivals, first } = this.drawn[ordinal] as Drawn;
    arrivals[mediaRegion] = (arrivals[mediaRegion] ?? 0) + 1;
    first[mediaRegion] ??= ticket;
  }

  private review(ordinal: number | undefined): void {
    const filling = ordinal === undefined ? undefined : this.replicas[ordinal];
    const review = {
      demand: this.demand(),
      controlRegion: CONTROL_REGION,
      now: 0,
      ...(filling && { filling }),
    };
    const placement = openAhead(this.topology(), review);
    if (placement) this.open(placement);
  }

  private open(placement: Placement): void {
    if (placement.kind !== 'open') throw new Error(`Nothing to open: ${placement.kind}`);
    const { ordinal, mediaRegion } = placement;
    this.replicas = [...this.replicas, { ordinal, mediaRegion, state: 'open', capacity: this.house.seats }];
    this.drawn[ordinal] = { arrivals: {}, first: {} };
    this.known.clear();
  }

  private mark(ordinal: number, mark: Partial<Replica>): void {
    this.replicas = this.replicas.map((each) => (each.ordinal === ordinal ? { ...each, ...mark } : each));
    this.known.clear();
  }

  /** Whether this is the only replica in its media region. Among several, a viewer gets one at random. */
  private isOnly({ mediaRegion }: Replica): boolean {
    return this.replicas.filter((each) => each.mediaRegion === mediaRegion).length === 1;
  }

  private hasLeft = () => this.replicas.length < this.house.most;
  private demand = (): Demand => demandOf(cameTo(this.drawn), this.house);
  private topology = (): Topology => ({
    externalMeetingId: 'bench',
    incarnation: 'bench',
    incarnatedAt: 0,
    epoch: 1,
    status: 'live',
    options: { maxReplicas: this.house.most, waitForPresenter: true },
    stage: new Set(['ada']),
    replicas: this.replicas,
  });
}
