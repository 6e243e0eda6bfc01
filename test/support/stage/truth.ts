import { presentAttendees } from '../../../emulator/state/meetings/meeting.ts';
import { stageFaults } from './audit.ts';
import { isGood, liveMeetings, livePrimary } from './facts.ts';
import { CAST, isHere, type Model, mayBeGood } from './model.ts';
import type { Play } from './play.ts';

interface TopologyBody {
  epoch: number;
  status: string;
  viewers: number;
  primary?: { seatsTaken: number };
  replicas: { ordinal: number; seatsTaken: number }[];
}

/** Where the model, Chime and what callers see differ, in words. */
export async function whatDiffers(play: Play): Promise<string[]> {
  const { world, name, model } = play;
  const body = (await play.observer().get()).body as TopologyBody;
  return [
    ...topologyFaults(model, body),
    ...(model.ended && liveMeetings(world, name).length > 0 ? ['ended, and a meeting lives'] : []),
    ...Object.keys(CAST).flatMap((who) => credentialFaults(play, who)),
    ...primaryFaults(play),
    ...(await stageFaults(world, name, Object.keys(CAST))),
  ];
}

function topologyFaults(model: Model, body: TopologyBody): string[] {
  const seated = [...model.seats.values()].filter(({ left }) => !left);
  const stands = model.ended ? 'ended' : model.open ? 'live' : 'scheduled';
  const isLive = stands === 'live';
  const wrong: string[] = [];
  if (body.status !== stands) wrong.push(`status is ${body.status}, not ${stands}`);
  if (body.epoch !== model.epoch) wrong.push(`epoch is ${body.epoch}, not ${model.epoch}`);
  if (isLive && body.primary?.seatsTaken !== model.stage.size)
    wrong.push(`${body.primary?.seatsTaken} on stage, not ${model.stage.size}`);
  if (isLive && body.viewers !== seated.length) wrong.push(`${body.viewers} viewers, not ${seated.length}`);
  const counted = body.replicas.map(({ ordinal, seatsTaken }) => ({
    seatsTaken,
    sit: seated.filter((seat) => seat.ordinal === ordinal).length,
  }));
  if (counted.some(({ seatsTaken, sit }) => seatsTaken !== sit))
    wrong.push(`replicas count ${JSON.stringify(counted)}`);
  return wrong;
}

/** The faults of a person's credentials: one that they should have lost still works, or one that they hold does not. */
function credentialFaults({ world, model }: Play, who: string): string[] {
  const shown = model.shown.get(who) ?? [];
  const good = new Set(shown.filter((one) => isGood(world, one)).map(({ attendeeId }) => attendeeId));
  const theirs = mayBeGood(model, who);
  const strays = [...good].filter((id) => !theirs.includes(id)).map(() => `${who} has a stray credential`);
  const mustBeGood = model.dead ? [] : theirs;
  return [...strays, ...mustBeGood.filter((id) => !good.has(id)).map(() => `${who} holds a dead one`)];
}

/** A fault if the attendees of the primary are not exactly the people on stage. */
function primaryFaults({ world, name, model }: Play): string[] {
  const primary = livePrimary(world, name);
  const there = primary ? presentAttendees(primary).map(({ externalUserId }) => externalUserId) : [];
  const expected = model.dead || model.ended ? [] : [...model.stage.keys()];
  const isSame = there.toSorted().join() === expected.toSorted().join();
  return isSame ? [] : [`in the primary are ${there}, not ${expected}`];
}

/** Where the lists that hosts read differ from the model. */
export async function whatIsListed({ model, observer }: Play): Promise<string[]> {
  const host = observer();
  const names = (body: unknown, list: string) =>
    (body as Record<string, { externalUserId: string }[]>)[list]?.map((one) => one.externalUserId) ?? [];
  const hands = names((await host.hands()).body, 'hands');
  const bans = names((await host.bans()).body, 'bans').toSorted();
  const here = names((await host.list()).body, 'attendees').toSorted();
  const expectedHands = model.ended ? [] : model.hands.filter((who) => isHere(model, who));
  const expectedHere = Object.keys(CAST).filter((who) => isHere(model, who));
  return [
    ...(hands.join() === expectedHands.join() ? [] : [`hands are ${hands}, not ${expectedHands}`]),
    ...(bans.join() === [...model.banned].toSorted().join() ? [] : [`bans are ${bans}`]),
    ...(model.ended || here.join() === expectedHere.toSorted().join()
      ? []
      : [`here are ${here}, not ${expectedHere}`]),
  ];
}
