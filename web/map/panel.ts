import type { LoadReport, OperationReport } from '../../local/load-generator/report.ts';
import { cityOf } from '../cities.ts';
import { byId, element } from '../dom.ts';
import { count, type MapEvent } from './events.ts';
import { faresWords } from './fares.ts';
import { isOfInterest, type RegionView } from './regions.ts';
import { keepRows, tellCells } from './rows.ts';
import { whyTheyWait } from './waiting.ts';

const MOST_EVENTS = 10;

/** Shows the figures above the picture, and the text alternative of the picture. */
export function showFigures(report: LoadReport): void {
  const { topology, audience, hands, chime } = report;
  const replicas = topology?.replicas ?? [];
  const open = replicas.filter(({ status }) => status !== 'opening').length;
  tell('seated', count(topology?.viewers ?? 0));
  tell('wanted', audience.wanted > 0 ? `of ${count(audience.wanted)}` : '');
  tell('replicas', topology ? `${open} of ${topology.options.maxReplicas}` : '0');
  tell('rtt', audience.seated > 0 ? `${audience.meanRttMs} ms` : '–');
  tell('stage', String(topology?.primary?.seatsTaken ?? 0));
  tell('hands', `${hands.raised}${hands.isMore ? '+' : ''}`);
  tell('epoch', topology ? String(topology.epoch) : '–');
  tell('pace', `${chime.callsPerSecond}/s`);
  tell('picture-words', pictureWords(topology));
  tell('waiting', whyTheyWait(report));
}

function pictureWords(topology: LoadReport['topology']): string {
  if (!topology?.primary) return 'No meeting is open.';
  const { primary, replicas, viewers } = topology;
  const sit = viewers === 1 ? 'viewer sits' : 'viewers sit';
  const there = `${replicas.length} replica${replicas.length === 1 ? '' : 's'}`;
  return `The primary is in ${cityOf(primary.mediaRegion)}. ${count(viewers)} ${sit} in ${there}.`;
}

/** Shows the picture as a table of every media region that matters. A row keeps its place, so that it can be read. */
export function showNumbers(views: readonly RegionView[]): void {
  const rows = views.filter(isOfInterest);
  keepRows(
    byId('numbers'),
    rows.map(({ mediaRegion }) => mediaRegion),
    numbersRow,
  );
  for (const [at, view] of rows.entries()) tellCells(byId('numbers').children[at], numbersOf(view));
}

function numbersRow(): HTMLTableRowElement {
  const twice = () => [element('span'), ' ', element('small')];
  const once = () => element('td', {}, element('span'));
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, ...twice()),
    once(),
    once(),
    element('td', {}, ...twice()),
  );
}

function numbersOf(view: RegionView): string[] {
  const { mediaRegion, replicas, seatsTaken, capacity, viewers, seated } = view;
  const state = [mediaRegion, ...statesOf(view)].join('; ');
  const seats = capacity > 0 ? `${count(seatsTaken)} of ${count(capacity)}` : '–';
  const waiting = seated < viewers ? `${count(seated)} seated` : '';
  return [cityOf(mediaRegion), state, count(replicas), seats, count(viewers), waiting];
}

function statesOf({ isPrimary, onStage, opening, isFull, isDrained, fares }: RegionView): string[] {
  return [
    ...(isPrimary ? [`primary, ${onStage} on stage`] : []),
    ...(opening > 0 ? [`${opening} opening`] : []),
    ...(isFull ? ['full: nothing opens here'] : []),
    ...(isDrained ? ['drained: nobody is placed here'] : []),
    ...(fares ? [`connections: ${faresWords(fares)}`] : []),
  ];
}

/** Shows the remaining Chime quota of every operation that was called. */
export function showBuckets(operations: readonly OperationReport[]): void {
  const list = byId('buckets');
  byId('no-calls').hidden = operations.length > 0;
  keepRows(
    list,
    operations.map(({ operation }) => operation),
    bucketRow,
  );
  for (const [at, { operation, left, burst, calls, throttled }] of operations.entries()) {
    const refused = throttled > 0 ? `, ${count(throttled)} refused` : '';
    const sofar = `${count(calls)} ${calls === 1 ? 'call' : 'calls'} so far${refused}`;
    tellCells(list.children[at], [operation, `${left} of ${burst}`, '', sofar]);
    const bar = list.children[at]?.querySelector<HTMLElement>('.bar');
    bar?.style.setProperty('--share', String(burst > 0 ? left / burst : 0));
  }
}

function bucketRow(): HTMLLIElement {
  const bar = element('span', { className: 'bar', ariaHidden: 'true' });
  const left = element('span', { className: 'left' });
  return element('li', {}, element('span'), left, bar, element('span', { className: 'small soft' }));
}

/** Adds changes on top of the list, newest first. If the list is too long, the oldest unimportant one is removed. */
export function showEvents(events: readonly MapEvent[]): void {
  const list = byId('events');
  byId('no-events').hidden = byId('no-events').hidden || events.length > 0;
  for (const { at, words, isLoud } of events) {
    const time = element(
      'time',
      { dateTime: new Date(at).toISOString() },
      new Date(at).toLocaleTimeString('en-GB'),
    );
    list.prepend(element('li', { className: isLoud ? 'loud' : '' }, time, ' ', words));
  }
  while (list.children.length > MOST_EVENTS) {
    const small = [...list.children].findLast((item) => item.className === '');
    (small ?? list.lastElementChild)?.remove();
  }
}

function tell(id: string, words: string): void {
  const place = byId(id);
  if (place.textContent !== words) place.textContent = words;
}
