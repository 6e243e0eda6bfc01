import { person } from '../support/people.ts';

/** Past every lease that the dead one held. */
const LATER = { later: 20_000 };
const FEW_SEATS = { meetingFeatures: { Attendee: { MaxCount: 5 } } };

const host = (name: string) => person(name, 'the-host', { role: 'host' });
const presenter = (name: string, user: string, when = {}) =>
  person(name, user, { role: 'presenter', ...when });
const viewer = (name: string, user: string, when = {}) => person(name, user, when);
/** A name with meetings of five seats, before the first join. */
export const scheduled = (name: string) => host(name).create(FEW_SEATS);

/** With its host on stage. */
export async function opened(name: string): Promise<void> {
  await scheduled(name);
  await host(name).seat();
}

/** With a presenter on stage beside the host. */
export async function withAnnaOnStage(name: string): Promise<void> {
  await opened(name);
  await presenter(name, 'anna').seat();
}

/** With so many viewers seated, the next one gets the ticket at the soft mark. */
export async function withFourViewers(name: string): Promise<void> {
  await opened(name);
  for (const user of ['victor', 'viola', 'vito', 'vivian']) await viewer(name, user).seat();
}

/** With a presenter on stage and a replica that has room. */
export async function withAnnaOnStageAndVeraSeated(name: string): Promise<void> {
  await withAnnaOnStage(name);
  await viewer(name, 'vera').seat();
}

/** With one viewer. */
export async function withVeraSeated(name: string): Promise<void> {
  await opened(name);
  await viewer(name, 'vera').seat();
}

export const annaJoins = (name: string) => presenter(name, 'anna', LATER).seat();
export const annaLeaves = (name: string) => presenter(name, 'anna', LATER).leave();
export const benJoins = (name: string) => presenter(name, 'ben', LATER).seat();
export const veraJoins = (name: string) => viewer(name, 'vera', LATER).seat();
export const veraLeaves = (name: string) => viewer(name, 'vera', LATER).leave();
export const willJoins = (name: string) => viewer(name, 'will', LATER).seat();
export const annaWatches = (name: string) => viewer(name, 'anna', LATER).seat();
