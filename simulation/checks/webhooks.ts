import { isOpen } from '../../lib/domain/meeting/topology.ts';
import { eventsOf } from '../../lib/domain/webhooks/change.ts';
import type { WebhookEvent } from '../../lib/domain/webhooks/event.ts';
import type { Image, StreamRecord } from '../../lib/domain/webhooks/image.ts';
import type { World } from '../world.ts';
import { type Stores, storesOf } from './stores.ts';

/** What the table's stream tells: the events of all changes so far, in their order. */
export type Told = WebhookEvent[];

/** Plays the table's stream from now on. A change is in it in the same step as in the table, whatever becomes of the function. */
export function playStream({ dynamo, agenda }: World): Told {
  const told: Told = [];
  let changes = 0;
  dynamo.table.onChange = (before, after) => {
    const OldImage = before as Image | undefined;
    const NewImage = after as Image;
    const { pk, sk } = NewImage;
    const record: Required<StreamRecord> = {
      eventName: OldImage ? 'MODIFY' : 'INSERT',
      dynamodb: {
        ...(OldImage && { OldImage }),
        ...{ NewImage, Keys: { pk, sk } as Image, SequenceNumber: String(++changes) },
        ApproximateCreationDateTime: Math.floor(agenda.now / 1000),
      },
    };
    told.push(...eventsOf(record));
  };
  return told;
}

/** What a receiver knows of a name that hears of it by webhooks only, as texts that can be compared. */
function heard(told: Told): Set<string> {
  const known = new Set<string>();
  for (const { type, data } of told) {
    const { incarnation, epoch, ordinal, externalUserId, raisedAt } = data as Record<string, string>;
    const replica = `replica ${incarnation} ${epoch} ${ordinal}`;
    const promotion = `promotion ${epoch} ${externalUserId}`;
    const hand = `hand ${incarnation} ${externalUserId} ${raisedAt}`;
    if (type === 'epoch.started') known.add(`epoch ${incarnation} ${epoch}`);
    if (type === 'meeting.ended') known.add(`end ${incarnation}`);
    if (type === 'replica.opened') known.add(replica);
    if (type === 'replica.closed') known.delete(replica);
    if (type === 'promotion.granted') known.add(promotion);
    if (type === 'promotion.revoked') known.delete(promotion);
    if (type === 'hand.raised') known.add(hand);
    if (type === 'hand.lowered') known.delete(hand);
  }
  return known;
}

/** What the stores say of the current epoch of a name, in the same texts. */
function stored({ topology, participants }: Stores): Set<string> {
  if (!topology) return new Set();
  const { incarnation, incarnatedAt, epoch, status, replicas } = topology;
  const open = status === 'ended' ? [] : replicas.filter(isOpen);
  const people = participants.filter((person) => person.incarnatedAt === incarnatedAt);
  return new Set([
    ...(topology.primary?.state === 'open' ? [`epoch ${incarnation} ${epoch}`] : []),
    ...(status === 'ended' ? [`end ${incarnation}`] : []),
    ...open.map(({ ordinal }) => `replica ${incarnation} ${epoch} ${ordinal}`),
    ...people
      .filter((person) => person.epoch === epoch && person.place?.promoted && person.place.state === 'held')
      .map(({ externalUserId }) => `promotion ${epoch} ${externalUserId}`),
    ...people
      .filter(({ hand }) => hand?.incarnation === incarnation)
      .map(({ externalUserId, hand }) => `hand ${incarnation} ${externalUserId} ${hand?.raisedAt}`),
  ]);
}

/**
 * What a receiver of webhooks does not know of a name at the end, or knows wrongly: epochs, the end, open replicas, promotions and raised
 * hands. And the arrivals and departures of which the attendance says that they happened, and no event did.
 */
export function webhookFaults(world: World, told: Told, name: string): string[] {
  const stores = storesOf(world, name);
  const { topology } = stores;
  if (!topology || world.forgotten.has(name)) return [];
  const ofName = told.filter(({ externalMeetingId }) => externalMeetingId === name);
  const [known, true_] = [heard(ofName), stored(stores)];
  // A person's record may expire with a raised hand in it, or with a place on stage.
  const mayExpire = world.plan.kinds.has('ttl');
  const isOfNow = (text: string) =>
    text.startsWith(`replica `) ||
    (!mayExpire && text.startsWith(`hand ${topology.incarnation} `)) ||
    (!mayExpire && text.startsWith(`promotion ${topology.epoch} `));
  return [
    ...[...true_].filter((text) => !known.has(text)).map((text) => `no webhook told of ${text}`),
    ...[...known]
      .filter((text) => isOfNow(text) && !true_.has(text))
      .map((text) => `no webhook ended ${text}`),
    ...untold(world, ofName, name),
  ];
}

/** Arrivals and departures in the attendance without an event. Their ids depend on the fact only. */
function untold({ dynamo }: World, told: Told, name: string): string[] {
  const ids = new Set(told.map(({ id }) => id));
  const items = [...dynamo.table.items.values()] as Image[];
  const attendance = items.filter(({ pk }) => pk?.S?.startsWith(`ATTENDANCE#${name}#`));
  const events = attendance.flatMap((NewImage) =>
    eventsOf({ dynamodb: { Keys: { pk: NewImage.pk, sk: NewImage.sk } as Image, NewImage } }),
  );
  return events
    .filter(({ id }) => !ids.has(id))
    .map(({ type, data }) => `no event ${type} of ${data.externalUserId}`);
}
