import type { MediaRegion } from '../../client/balcony.ts';
import { MEDIA_REGIONS } from '../../lib/domain/geo/media-regions.ts';
import { cityOf } from '../cities.ts';
import type { WebConfig } from '../config.ts';
import { byId, element } from '../dom.ts';
import { nearestMediaRegion } from './nearest-media-region.ts';
import { attempt } from './said.ts';
import { issuedTokens, nameIn, pastedToken, typedMeeting, typedName, type Visitor } from './visitor.ts';

/** The content of the form. */
export interface Entry extends Visitor {
  mediaRegion: MediaRegion | undefined;
  /** The name that others see; empty to use the person's name. */
  displayName: string;
  /** Whether the token may be a host's. */
  mayHost: boolean;
}

const REMEMBERED = ['meeting', 'name', 'displayName', 'role', 'mediaRegion'];

/** Opens the form, filled from the page's address, and calls back on each submission. */
export function openEntrance(config: WebConfig, enter: (entry: Entry) => Promise<void>): void {
  const form = byId<HTMLFormElement>('form');
  const join = byId<HTMLButtonElement>('join');
  byId('media-region').append(
    ...(config.mediaRegions ?? MEDIA_REGIONS).map((value) =>
      element('option', { value, textContent: cityOf(value) }),
    ),
  );
  const nearest = nearestMediaRegion(config.nearestMediaRegion);
  nearest.then(showNearest);
  fillIn(form);
  if (!config.issuer) expectToken();
  byId('token').addEventListener('input', preferToken);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    join.disabled = true; // until the room replaces the form: a second press must not join twice
    attempt(async () => {
      const entry = await entryOf(form, config, nearest).finally(() => {
        join.disabled = false;
      });
      await enter(entry);
    });
  });
  join.disabled = false; // until now the browser would have sent the form, with the token
}

async function entryOf(
  form: HTMLFormElement,
  config: WebConfig,
  nearest: Promise<MediaRegion | undefined>,
): Promise<Entry> {
  const filled = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const { name = '', displayName = '', role = 'viewer', mediaRegion, token } = filled;
  const meeting = typedMeeting(filled.meeting ?? '');
  remember({ ...filled, meeting });
  const own = pastedToken(token);
  const sub = own ? nameIn(own) : typedName(name);
  return {
    meeting,
    name: sub,
    displayName: displayName.trim(),
    token: own || issuedTokens(config, { sub, role }),
    mayHost: Boolean(own) || role === 'host',
    mediaRegion: mediaRegion === 'nearest' ? await nearest : ((mediaRegion || undefined) as MediaRegion),
  };
}

function showNearest(found: MediaRegion | undefined): void {
  const [option] = byId<HTMLSelectElement>('media-region').options;
  if (option) option.textContent = found ? `Nearest to me (${cityOf(found)})` : 'Nearest to me';
}

function fillIn(form: HTMLFormElement): void {
  const asked = new URLSearchParams(location.search);
  for (const name of REMEMBERED) {
    const value = asked.get(name);
    const field = form.elements.namedItem(name) as HTMLInputElement | RadioNodeList | null;
    if (value && field) field.value = value;
  }
}

/** Stores the form in the address, so that a reload or a link fills it again; never the token. */
function remember(filled: Record<string, string>): void {
  const asked = new URLSearchParams(location.search);
  for (const name of REMEMBERED) if (filled[name]) asked.set(name, filled[name]);
  history.replaceState(null, '', `?${asked}`);
}

/** Shows the field for a pasted token, because this site has no issuer. */
function expectToken(): void {
  byId<HTMLDetailsElement>('own-token').open = true;
  byId<HTMLTextAreaElement>('token').required = true;
  leaveOutName(true);
}

function preferToken(event: Event): void {
  const { value, required } = event.target as HTMLTextAreaElement;
  leaveOutName(required || value.trim() !== '');
}

function leaveOutName(out: boolean): void {
  byId('own-name').hidden = out;
  byId<HTMLInputElement>('name').disabled = out;
}
