import type { Life, Usage } from '../../client/balcony.ts';
import { cityOf } from '../cities.ts';

/** A figure with its label. */
export interface Figure {
  label: string;
  words: string;
}

type When = (instant: string) => string;

/** The figures of one life of a name. `when` writes an instant for the person at the page. */
export function figuresOf(usage: Usage, when: When): Figure[] {
  const { life, people, joins, attendeeMinutes, peak, epochs, replicas, cost } = usage;
  if (!life) return [];
  const { audience, stage, total, estimated } = attendeeMinutes;
  const figure = (label: string, words: string): Figure[] => (words ? [{ label, words }] : []);
  return [
    ...figure('Open', lifeWords(life, when)),
    ...figure('People', `${whole(people)}, with ${counted(joins, 'join')}. A reconnection is another join.`),
    ...figure(
      'Attendee-minutes',
      `${whole(audience)} in the audience and ${whole(stage)} on stage: ${whole(total)} in total${
        estimated > 0 ? `. ${estimatedWords(estimated)}` : ''
      }`,
    ),
    ...figure('By media region', listed(usage.byMediaRegion, cityOf)),
    ...figure('Most viewers at once', peak ? `${whole(peak.viewers)}, from ${when(peak.at)}` : ''),
    ...figure('Refused joins, at least', listed(usage.refusals, codeWords) || 'none'),
    ...figure('Opened', `${counted(replicas, 'replica')}, ${counted(epochs, 'epoch')}`),
    ...figure('Cost of the attendee-minutes', cost ? money(cost) : ''),
  ];
}

/** From when to when a name was open. */
export function lifeWords({ openedAt, endedAt }: Life, when: When): string {
  return endedAt === undefined ? `since ${when(openedAt)}` : `${when(openedAt)} to ${when(endedAt)}`;
}

/** Figures by name, the largest first. */
function listed(figures: Readonly<Record<string, number>>, named: (key: string) => string): string {
  return Object.entries(figures)
    .toSorted(([, one], [, other]) => other - one)
    .map(([key, figure]) => `${named(key)} ${whole(figure)}`)
    .join(' · ');
}

const estimatedWords = (minutes: number) =>
  `${whole(minutes)} of these are estimated: Chime did not report when the people came or left. It reports no departure when a meeting ends.`;

/** Pages that run when a meeting ends ask whether it goes on, and are refused as well. */
const codeWords = (code: string) =>
  code === 'MEETING_ENDED' ? 'after the end' : code.toLowerCase().replaceAll('_', ' ');
const whole = (figure: number) => figure.toLocaleString('en', { maximumFractionDigits: 0 });
const counted = (count: number, what: string) => `${whole(count)} ${what}${count === 1 ? '' : 's'}`;
const money = ({ amount, currency }: NonNullable<Usage['cost']>) =>
  amount.toLocaleString('en', { style: 'currency', currency, currencyDisplay: 'code' });
