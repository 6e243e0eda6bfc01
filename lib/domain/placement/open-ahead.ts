import { ordinalIn } from '../meeting/ordinals.ts';
import { beingOpened, isClaimed, isOnSale, type Replica, type Topology } from '../meeting/topology.ts';
import { type OpenPlacement, openableMediaRegions, placeableMediaRegions } from './decision.ts';
import type { Demand } from './demand.ts';
import { isPaid, offersOf } from './offers.ts';
import { anotherBeside } from './placement.ts';
import { remainingReplicas } from './remaining-replicas.ts';

/** The inputs of the review after a ticket was drawn. */
export interface Review {
  demand: Demand;
  controlRegion: string;
  now: number;
  /** The replica whose soft mark the ticket crossed. */
  filling?: Replica;
}

/** From the fourth ticket of a replica on, one ticket in this many reviews whether another replica is due. */
const REVIEW_EVERY = 8;
const FIRST_REVIEW = 3;

/** Whether the drawer of this ticket reviews the demand. Tickets are unique, so each review happens once. */
export function isReviewTicket(ticket: number): boolean {
  return ticket % REVIEW_EVERY === FIRST_REVIEW;
}

/** Whether the drawer of this ticket has anything to review. Asked before the demand is read. */
export function isReviewDue(
  topology: Topology,
  { ticket, filling, now }: { ticket: number; filling?: Replica; now: number },
): boolean {
  return (filling !== undefined || isReviewTicket(ticket)) && mayOpenAhead(topology, { filling, now });
}

function mayOpenAhead(
  topology: Topology,
  { filling, now }: Pick<Review, 'now'> & { filling: Review['filling'] | undefined },
): boolean {
  if (remainingReplicas(topology, now) === 0) return false;
  if (filling) return anotherBeside(topology, filling, now) !== undefined;
  return beingOpened(topology, now).length === 0;
}

/**
 * The replica to open now, although no viewer waits for it; undefined for none. None is opened while another is being
 * opened, or if none is left.
 * 1. At a soft mark: where the audience wants one, if the filling replicas are counted as full; else beside the filling
 *    one.
 * 2. Otherwise: where it would have saved the viewers so far more than its price.
 */
export function openAhead(topology: Topology, review: Review): OpenPlacement | undefined {
  const { filling, now } = review;
  if (!mayOpenAhead(topology, { filling, now })) return undefined;
  const offers = offersOf(groundOf(topology, review));
  const mediaRegion = (filling ? offers[0] : offers.find(isPaid))?.mediaRegion;
  if (!mediaRegion) return filling && anotherBeside(topology, filling, now);
  return {
    kind: 'open',
    ordinal: ordinalIn(topology, mediaRegion, now),
    mediaRegion,
    reason: 'worth-opening',
  };
}

/** Replicas in drained media regions take no further viewer. Filling replicas count as full when their successor is chosen. */
function groundOf(topology: Topology, { demand, controlRegion, filling, now }: Review) {
  const allowed = openableMediaRegions(topology, { controlRegion, now });
  const placeable = placeableMediaRegions(topology, controlRegion);
  const stays = (replica: Replica) =>
    placeable.includes(replica.mediaRegion) &&
    (isClaimed(replica, now) || (isOnSale(replica) && !(filling && replica.filling)));
  const standing = topology.replicas
    .filter((replica) => replica.ordinal !== filling?.ordinal)
    .filter(stays)
    .map(({ mediaRegion }) => mediaRegion);
  return { standing, allowed, remaining: remainingReplicas(topology, now), demand };
}
