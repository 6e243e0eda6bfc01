import { byId, element } from '../dom.ts';

/** What is known of a person on stage, or of a screen share. */
export interface Seen {
  name: string;
  isScreen: boolean;
  muted: boolean;
  speaking: boolean;
  /** Whether the attendee's audio is present; a tile may come before it, or outlive it. */
  present: boolean;
  /** The id of the video tile, if there is one. */
  tileId: number | undefined;
}

interface Tile {
  seen: Seen;
  item: HTMLLIElement;
  video: HTMLVideoElement;
  who: HTMLElement;
  initial: HTMLElement;
}

/** The tiles of the stage, one for each attendee who is heard or seen. */
export function tilesOf(list = byId('tiles')) {
  const tiles = new Map<string, Tile>();
  list.replaceChildren();

  const open = (attendeeId: string, name: string): Tile => {
    const tile = tiles.get(attendeeId) ?? build(attendeeId, name);
    if (!tiles.has(attendeeId)) list.append(tile.item);
    tiles.set(attendeeId, tile);
    return tile;
  };
  const showEmpty = () => {
    byId('empty').hidden = tiles.size > 0;
  };
  showEmpty();

  return {
    /** Shows a change of one attendee; removes the tile if the attendee is neither heard nor seen. */
    show: (attendeeId: string, change: Partial<Seen> & { name?: string }): HTMLVideoElement => {
      const tile = open(attendeeId, change.name ?? '');
      Object.assign(tile.seen, change);
      draw(tile);
      if (!tile.seen.present && tile.seen.tileId === undefined) {
        tile.item.remove();
        tiles.delete(attendeeId);
      }
      showEmpty();
      return tile.video;
    },
    has: (attendeeId: string) => tiles.has(attendeeId),
    find: (is: (attendeeId: string) => boolean) => [...tiles.keys()].find(is),
    /** The attendee whose video a tile shows. */
    ownerOf: (tileId: number) => [...tiles].find(([, { seen }]) => seen.tileId === tileId)?.[0],
  };
}

function build(attendeeId: string, name: string): Tile {
  const isScreen = attendeeId.endsWith('#content');
  const video = element('video', { hidden: true, playsInline: true, muted: true, autoplay: true });
  const who = element('p', { className: 'who' });
  const initial = element('span', { className: 'initial', ariaHidden: 'true' });
  const item = element('li', { className: isScreen ? 'tile screen' : 'tile' }, initial, video, who);
  const seen = { name, isScreen, muted: false, speaking: false, present: false, tileId: undefined };
  return { seen, item, video, who, initial };
}

function draw({ seen, item, video, who, initial }: Tile): void {
  initial.textContent = [...seen.name].slice(0, 1).join('').toUpperCase();
  const name = seen.isScreen ? `${seen.name}’s screen` : seen.name;
  const words = seen.muted && !seen.isScreen ? `${name}, muted` : name;
  if (who.textContent !== words) who.textContent = words;
  item.classList.toggle('speaking', seen.speaking && !seen.muted);
  video.hidden = seen.tileId === undefined;
  video.setAttribute('aria-label', `Picture of ${name}`);
}
