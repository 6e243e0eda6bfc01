import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import type { LoadReport } from '../../local/load-generator/report.ts';
import { cityOf } from '../cities.ts';
import { byId, element } from '../dom.ts';
import { drainIn, drainWords } from './drains.ts';
import { count } from './events.ts';
import type { LoadGeneratorClient } from './load-generator.ts';
import { STOPS, stopOf } from './stops.ts';

/** Callbacks of the page: an order was accepted, or failed. */
export interface Told {
  done: () => void;
  failed: (error: Error) => void;
}

/** The controls of the page. Each gives one order; `follow` shows the current state. */
export function controls(generator: LoadGeneratorClient, { done, failed }: Told) {
  const slider = byId<HTMLInputElement>('viewers');
  const audience = byId<HTMLSelectElement>('audience');
  const region = byId<HTMLSelectElement>('region');
  const drained = byId<HTMLSelectElement>('drained');
  slider.max = String(STOPS.length - 1);
  let report: LoadReport | undefined;

  const on = (id: string, order: () => Promise<unknown>) => {
    const button = byId<HTMLButtonElement>(id);
    button.addEventListener('click', async () => {
      button.setAttribute('aria-busy', 'true');
      await order().then(done, failed);
      button.removeAttribute('aria-busy');
    });
  };
  const viewers = () => STOPS[Number(slider.value)] ?? 1;
  const sayViewers = () => {
    byId('viewers-words').textContent = count(viewers());
    slider.setAttribute('aria-valuetext', `${count(viewers())} viewers`);
  };
  const isFull = () => report?.chime.fullMediaRegions.some((each) => each === region.value) ?? false;

  const sayDrain = () => {
    const drain = drainIn(report?.topology, drained.value);
    const words = drainWords(drained.value as MediaRegion, drain);
    if (byId('drain-words').textContent !== words) byId('drain-words').textContent = words;
    byId<HTMLButtonElement>('lift').disabled = !drain;
    for (const id of ['drain', 'evacuate']) byId<HTMLButtonElement>(id).disabled = !report?.topology;
  };

  slider.addEventListener('input', sayViewers);
  on('send', () => generator.audience(viewers(), audience.value));
  on('remove', () => generator.audience(0, audience.value));
  on('presenter', () => generator.presenter(!report?.presenter.wanted));
  on('dies', () => generator.primaryDies());
  on('slow', () => generator.throttle(!report?.chime.slow));
  on('full', () => generator.fill(region.value, !isFull()));
  region.addEventListener('change', () => press('full', isFull()));
  for (const what of ['drain', 'evacuate', 'lift'] as const)
    on(what, () => generator.drain(drained.value, what));
  drained.addEventListener('change', () => sayDrain());
  sayViewers();

  return {
    /** Takes over the settings of another page, once. */
    begin: ({ audience: { wanted, name } }: LoadReport) => {
      if (wanted === 0) return;
      slider.value = String(stopOf(wanted));
      audience.value = name;
      sayViewers();
    },
    follow: (now: LoadReport) => {
      report = now;
      const { presenter, audience: crowd, topology, chime } = now;
      byId('presenter').textContent = presenter.wanted ? 'Presenter off stage' : 'Bring a presenter on stage';
      byId('presenter-hint').textContent = presenter.wanted
        ? 'Chime ends a primary without connections after five minutes.'
        : 'Opens the primary. Viewers wait until a presenter is on stage.';
      byId<HTMLButtonElement>('dies').disabled = !topology?.primary;
      byId<HTMLButtonElement>('remove').disabled = crowd.wanted + crowd.seated === 0;
      press('slow', chime.slow);
      press('full', isFull());
      sayDrain();
    },
  };
}

/** Offers every media region that can be filled or drained. */
export function offerRegions(mediaRegions: readonly MediaRegion[], chosen: MediaRegion): void {
  const option = (each: MediaRegion) =>
    element('option', { value: each, selected: each === chosen }, `${cityOf(each)} (${each})`);
  for (const id of ['region', 'drained']) byId(id).replaceChildren(...mediaRegions.map(option));
}

function press(id: string, isPressed: boolean): void {
  byId(id).setAttribute('aria-pressed', String(isPressed));
}
