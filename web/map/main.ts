/** The map page: it shows where the viewers of a meeting live and sit, and the events of the meeting. */
import { MEDIA_REGIONS } from '../../lib/domain/geo/media-regions.ts';
import type { LoadReport } from '../../local/load-generator/report.ts';
import { byId } from '../dom.ts';
import { controls, offerRegions } from './controls.ts';
import { canvasOn } from './draw.ts';
import { eventsBetween } from './events.ts';
import { globe } from './globe.ts';
import { loadGeneratorClient } from './load-generator.ts';
import { newsIn } from './news.ts';
import { showBuckets, showEvents, showFigures, showNumbers } from './panel.ts';
import { viewRegions } from './regions.ts';
import { sceneOf } from './scene.ts';

const LOOK_EVERY_MS = 1000;
/** Width to height of the picture. */
const SHAPE = 0.47;

const externalMeetingId = new URLSearchParams(location.search).get('meeting') ?? 'all-hands';
const generator = loadGeneratorClient(externalMeetingId);
const picture = byId<SVGSVGElement>('picture');
const canvas = canvasOn(picture);
const news = newsIn(byId('news'));
let size = { width: 0, height: 0 };
let world = globe({ width: 1, height: 1 });
let last: LoadReport | undefined;
let looking: Promise<void> | undefined;

const orders = controls(generator, { done: () => void look(), failed: complain });
offerRegions(MEDIA_REGIONS, 'eu-central-1');
new ResizeObserver(fit).observe(picture);
document.addEventListener('visibilitychange', () => void look());
setInterval(look, LOOK_EVERY_MS);
void look();

/** Loads and shows one report, unless a load is in progress or the page is hidden. */
function look(): Promise<void> {
  if (document.hidden) return Promise.resolve();
  looking ??= generator
    .state()
    .then(show, complain)
    .finally(() => {
      looking = undefined;
    });
  return looking;
}

function show(report: LoadReport): void {
  byId('trouble').hidden = true;
  const events = last ? eventsBetween(last, report) : [];
  if (!last) orders.begin(report);
  last = report;
  showFigures(report);
  showNumbers(viewRegions(report, MEDIA_REGIONS));
  showBuckets(report.chime.operations);
  showEvents(events);
  news(events);
  orders.follow(report);
  paint();
}

function paint(): void {
  if (!last || size.width === 0) return;
  const views = viewRegions(last, MEDIA_REGIONS);
  canvas.draw(sceneOf(views, last.audience.paths, { size, pointOf: world.pointOf }));
}

/** Draws at the current size: labels and marks keep their size, the map gets the rest. */
function fit(): void {
  const width = Math.round(picture.getBoundingClientRect().width);
  if (width === 0 || width === size.width) return;
  size = { width, height: Math.round(width * SHAPE) };
  world = globe(size);
  canvas.resize(size, world.coast);
  paint();
}

function complain(error: Error): void {
  const trouble = byId('trouble');
  trouble.textContent = `The load generator cannot do that: ${error.message}. This page needs a local stack: npm start.`;
  trouble.hidden = false;
}
