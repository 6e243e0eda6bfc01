import type { Outcome } from './operations.ts';
import type { Me } from './person.ts';

/** How often a host or presenter changes captions, rather than doing anything else. */
export const CAPTIONS = 0.6;

const SETTINGS = [
  { languageCode: 'de-DE' },
  { languageCode: 'fr-FR' },
  { languageCode: 'fr-FR', partialResultsStability: 'high' },
];

/** Turns captions on, changes them or turns them off, with up to three requests at once, so that they cross. */
export async function changeCaptions(me: Me): Promise<void> {
  const ask = (): Promise<Outcome> =>
    me.chance.happens(0.6) ? me.ask('caption', { body: me.chance.pick(SETTINGS) }) : me.ask('stopCaptions');
  await Promise.all(Array.from({ length: 1 + me.chance.below(3) }, ask));
}
