import type { MediaRegion } from '../../../client/balcony.ts';
import { balcony, Refusal } from '../../../client/balcony.ts';

/** A deployed stack, and two people who may use it. */
export interface Stack {
  url: string;
  /** The origin of the pages that call it; used only to check the CORS headers. */
  origin: string;
  hostToken: string;
  viewerToken: string;
  /** The primary's media region, which the viewer also gives. */
  mediaRegion: MediaRegion;
}

/** Rejects if the response is not the expected one. May resolve to the number of waits. */
export type Take = () => Promise<unknown>;

export const STEP_MS = 60_000;

/** The steps of one meeting of a host and a viewer. */
export function stepsOf(stack: Stack, meeting: string): [step: string, take: Take][] {
  const host = balcony({ url: stack.url, token: stack.hostToken });
  const viewer = balcony({ url: stack.url, token: stack.viewerToken });
  let who = '';
  const { mediaRegion } = stack;
  let seat = '';
  const keep = (attendeeId: string) => {
    seat = attendeeId;
  };
  const sit = async (person: typeof host, look: (attendeeId: string) => void) => {
    let waits = 0;
    const signal = AbortSignal.timeout(STEP_MS);
    const joined = await person.join(meeting, { mediaRegion, signal, onWaiting: () => ++waits });
    if (person === viewer) who = joined.externalUserId;
    look(joined.Attendee.AttendeeId);
    return waits;
  };
  const promotion = async () => {
    const { Attendee } = await viewer.promotion(meeting);
    holds(Attendee.AttendeeId !== seat, 'it is no attendee of its own');
  };
  const reopen = async () => {
    const { options, status } = await host.reopen(meeting);
    holds(status === 'scheduled' && options.mediaRegion === mediaRegion, 'it is not as it was');
  };
  return [
    ['health', async () => holds((await fetch(`${stack.url}/health`)).ok, 'it is not well')],
    ['create', () => host.create(meeting, { mediaRegion })],
    ['host joins', () => sit(host, () => {})],
    ['viewer joins', () => sit(viewer, keep)],
    ['viewer joins again', () => sit(viewer, (id) => holds(id === seat, 'it was another attendee'))],
    ['topology', async () => holds((await host.topology(meeting)).viewers === 1, 'it is not one viewer')],
    ['hand', () => viewer.hand(meeting, 'up')],
    ['hands', async () => holds(isAmong((await host.hands(meeting)).hands, who), 'the hand is not seen')],
    ['promote', () => host.promote(meeting, who)],
    ['promotion', promotion],
    ['demote', () => host.demote(meeting, who)],
    ['promotion is over', () => refused(viewer.promotion(meeting), 'NOT_PROMOTED')],
    ['leave', () => viewer.leave(meeting)],
    ['end', () => host.end(meeting)],
    ['join after the end', () => refused(viewer.join(meeting), 'MEETING_ENDED')],
    ['reopen', reopen],
    ['end again', () => host.end(meeting)],
  ];
}

const isAmong = (people: { externalUserId: string }[], who: string) =>
  people.some(({ externalUserId }) => externalUserId === who);

function holds(fact: boolean, otherwise: string): void {
  if (!fact) throw new Error(otherwise);
}

/** Expects that a request is refused with this code. */
async function refused(request: Promise<unknown>, code: string): Promise<void> {
  const found = await request.then(
    () => 'no refusal',
    (error: unknown) => {
      if (error instanceof Refusal) return error.code;
      throw error;
    },
  );
  holds(found === code, `${code} was expected, and there was ${found}`);
}
