import type { Line, Scene, Spot } from './scene.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** The elements of the picture: one for each media region and line, whatever the number of viewers. */
export type Canvas = ReturnType<typeof canvasOn>;

/** Prepares a picture to be drawn repeatedly. Elements are updated in place, so that they can move smoothly. */
export function canvasOn(picture: SVGSVGElement) {
  const coast = add(picture, 'path', 'coast');
  const halos = add(picture, 'g', 'halos');
  const away = add(picture, 'g', 'away-lines');
  const feeds = add(picture, 'g', 'feeds');
  const spots = add(picture, 'g', 'spots');
  return {
    resize: (size: { width: number; height: number }, coastPath: string) => {
      picture.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
      coast.setAttribute('d', coastPath);
    },
    draw: (scene: Scene) => {
      lines(away, 'away', scene.away);
      lines(feeds, 'feed', scene.feeds);
      for (const spot of scene.spots) drawHalo(halos, spot);
      for (const spot of scene.spots) drawSpot(spots, spot);
    },
  };
}

function add<Tag extends keyof SVGElementTagNameMap>(parent: Element, tag: Tag, name: string) {
  const made = document.createElementNS(SVG, tag);
  made.setAttribute('class', name);
  parent.append(made);
  return made;
}

/** The child with that key, created if it does not exist. */
function child(parent: Element, key: string, make: () => Element): Element {
  const found = [...parent.children].find((each) => (each as SVGElement).dataset.key === key);
  if (found) return found;
  const made = make() as SVGElement;
  made.dataset.key = key;
  return made;
}

function lines(group: Element, name: string, wanted: readonly Line[]) {
  const keys = new Set(wanted.map(({ key }) => key));
  for (const old of [...group.children]) if (!keys.has((old as SVGElement).dataset.key ?? '')) old.remove();
  for (const { key, path, width } of wanted) {
    const line = child(group, key, () => add(group, 'path', name));
    set(line, { d: path, 'stroke-width': width });
  }
}

function drawHalo(group: Element, { view, at, halo }: Spot) {
  const circle = child(group, view.mediaRegion, () => add(group, 'circle', 'halo'));
  (circle as SVGElement).style.transform = `translate(${at.x}px, ${at.y}px)`;
  set(circle, { r: halo });
}

function drawSpot(group: Element, spot: Spot) {
  const { view, at, ring, fill } = spot;
  const mark = child(group, view.mediaRegion, () => newSpot(group)) as SVGGElement;
  mark.style.transform = `translate(${at.x}px, ${at.y}px)`;
  const hosts = view.replicas + view.opening > 0;
  mark.setAttribute(
    'class',
    ['spot', hosts && 'hosts', view.isPrimary && 'primary', view.isFull && 'full'].filter(Boolean).join(' '),
  );
  const [ground, track, arc, core, label] = [...mark.children] as [
    Element,
    Element,
    Element,
    Element,
    Element,
  ];
  set(ground, { r: hosts ? ring : 0 });
  set(track, {
    r: hosts || view.isFull ? ring - 2 : 0,
    'stroke-dasharray': view.replicas === 0 ? '3 3' : 'none',
  });
  set(arc, { r: hosts ? ring - 2 : 0, 'stroke-dasharray': `${fill * 100} 100`, opacity: fill > 0 ? 1 : 0 });
  set(core, { r: coreOf(spot) });
  drawLabel(label, spot);
}

/** The radius of the stage's dot: inside the ring if there is one; smaller for a region without a meeting. */
function coreOf({ view, ring }: Spot): number {
  const hosts = view.replicas + view.opening > 0;
  if (view.isPrimary) return hosts ? Math.max(3, Math.min(5, ring - 6)) : 5;
  return hosts ? 0 : 2.5;
}

/** Creates a spot. The ring's path length is 100, so that the arc is a percentage. */
function newSpot(group: Element): SVGGElement {
  const mark = add(group, 'g', 'spot');
  add(mark, 'circle', 'ground');
  add(mark, 'circle', 'track');
  set(add(mark, 'circle', 'fill'), { pathLength: 100, transform: 'rotate(-90)' });
  add(mark, 'circle', 'core');
  const label = add(mark, 'text', 'label');
  add(label, 'tspan', 'title');
  add(label, 'tspan', 'words');
  return mark;
}

function drawLabel(text: Element, { at, label, title, words }: Spot) {
  const [head, rest] = [...text.children] as [Element, Element];
  const [x, y] = label ? [label.x - at.x, label.y - at.y] : [0, 0];
  set(text, { 'text-anchor': label?.anchor ?? 'start' });
  set(head, { x, y: y + 12 });
  set(rest, { x, y: y + 26 });
  head.textContent = label ? title : '';
  rest.textContent = label ? words : '';
}

function set(element: Element, attributes: Record<string, string | number>) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
