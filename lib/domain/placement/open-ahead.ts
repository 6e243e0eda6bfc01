import {
  beingOpened,
  isClaimed,
  ordinalIn,
  type Replica,
  replicasLeft,
  type Topology,
} from '../meeting/topology.ts';
import { type OpenPlacement, openableMediaRegions } from './decision.ts';
import type { Demand } from './demand.ts';
import { isPaid, offersOf } from './offers.ts';
import { anotherBeside } from './placement.ts';

/** What the drawer of a ticket looks at afterwards. */
export interface Review {
  demand: Demand;
  controlRegion: string;
  now: number;
  /** The replica whose soft mark they crossed. */
  filling?: Replica;
}

/** From the fourth ticket of a replica on, one viewer in so many looks whether another replica is due. */
const REVIEW_EVERY = 8;
const FIRST_REVIEW = 3;

/** Is this a ticket whose drawer reviews the demand? Tickets are unique, so each review is made once. */
export function isReviewTicket(ticket: number): boolean {
  return ticket % REVIEW_EVERY === FIRST_REVIEW;
}

/** Has whoever drew this ticket anything to look at afterwards? Asked before the demand is read. */
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
  if (replicasLeft(topology, now) === 0) return false;
  if (filling) return anotherBeside(topology, filling, now) !== undefined;
  return beingOpened(topology, now).length === 0;
}

/**
 * Should another replica be opened now, though nobody is far from a seat, and where? At a soft mark: as `anotherBeside`
 * says, but where the audience wants it when those that fill up are gone. Else: where all who came would have been
 * spared more than its price. Never while another one is on its way, and never with none left.
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

/** What fills up counts as gone when its successor is looked for. */
function groundOf(topology: Topology, { demand, controlRegion, filling, now }: Review) {
  const allowed = openableMediaRegions(topology, { controlRegion, now });
  const stays = (replica: Replica) =>
    isClaimed(replica, now) ||
    (replica.state === 'open' && !replica.soldOut && !(filling && replica.filling));
  const standing = topology.replicas
    .filter((replica) => replica.ordinal !== filling?.ordinal)
    .filter(stays)
    .map(({ mediaRegion }) => mediaRegion);
  return { standing, allowed, left: replicasLeft(topology, now), demand };
}
