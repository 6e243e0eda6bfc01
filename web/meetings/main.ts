/** The list of meetings: live, scheduled or ended ones, for hosts, with a link to the room and the map of each. */
import { type Balcony, balcony } from '../../client/balcony.ts';
import { loadConfig, type WebConfig } from '../config.ts';
import { byId, element, type Row, showRows } from '../dom.ts';
import { issuedTokens, nameIn, pastedToken, typedName } from '../room/visitor.ts';
import { readPages } from './pages.ts';
import { openReport } from './report.ts';
import { type MeetingRow, rowOf, type Status, summaryOf, whyNot } from './rows.ts';

const PAGE = 50;
/** The list is read again this long after it was read, while the page is visible. */
const AGAIN_AFTER_MS = 5000;

/** The list that is shown. A later one replaces it, and what still arrives for an earlier one is dropped. */
interface Shown {
  api: Balcony;
  status: Status;
  name: string;
  rows: MeetingRow[];
  /** How many pages of the list are shown. */
  pages: number;
  cursor?: string;
}

const form = byId<HTMLFormElement>('form');
const more = byId<HTMLButtonElement>('more');
const when = (instant: string) =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
let shown: Shown | undefined;
/** The meeting of the latest report. */
let reported: string | undefined;
let again: ReturnType<typeof setTimeout> | undefined;

loadConfig().then(begin, complain);

function begin(config: WebConfig): void {
  const asked = new URLSearchParams(location.search);
  byId<HTMLInputElement>('name').value = asked.get('name') ?? '';
  if (!config.issuer) expectToken();
  const open = () => attempt(() => openList(config));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void open();
  });
  form.addEventListener('change', ({ target }) => {
    if ((target as HTMLInputElement).name === 'status' && shown) void open();
  });
  more.addEventListener('click', () => void attempt(() => read('one-more')));
  byId('report').addEventListener('close', backInList);
  document.addEventListener('visibilitychange', () => void (shown && attempt(() => read('again'))));
  byId<HTMLButtonElement>('show').disabled = false; // until now the browser would have sent the form, with the token
}

async function openList(config: WebConfig): Promise<void> {
  const { status, name = '', token } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const own = pastedToken(token);
  const sub = own ? nameIn(own) : typedName(name);
  const api = balcony({ url: config.api, token: own || issuedTokens(config, { sub, role: 'host' }) });
  shown = { api, status: status as Status, name: own ? '' : sub, rows: [], pages: 0 };
  byId('list').replaceChildren();
  more.hidden = true;
  byId('news').textContent = 'The list is being read.';
  await read('one-more');
}

/** Reads the list again as far as it is shown, or the next page too, and goes on reading while the page is visible. */
async function read(what: 'again' | 'one-more'): Promise<void> {
  const list = shown;
  const isReading = more.disabled;
  if (!list || document.hidden || (what === 'again' && isReading)) return;
  const pages = what === 'again' ? Math.max(1, list.pages) : list.pages + 1;
  more.disabled = true;
  try {
    const { api, status, name } = list;
    const { meetings, cursor } = await readPages(
      (from) => api.meetings({ status, limit: PAGE, ...from }),
      pages,
    );
    if (list !== shown) return;
    const rows = meetings.map((meeting) => rowOf(meeting, { when, name }));
    shown = { api, status, name, rows, pages, ...(cursor !== undefined && { cursor }) };
    show(shown);
  } finally {
    more.disabled = false;
    clearTimeout(again);
    again = setTimeout(() => void attempt(() => read('again')), AGAIN_AFTER_MS);
  }
}

function show({ rows, status, cursor }: Shown): void {
  showRows(byId('list'), rows.map(item));
  more.hidden = cursor === undefined;
  const summary = summaryOf(status, rows.length, cursor === undefined ? {} : { cursor });
  if (byId('news').textContent !== summary) byId('news').textContent = summary; // a screen reader reads each change
}

function item(row: MeetingRow): Row {
  return {
    key: row.name,
    shows: row,
    make: () =>
      element(
        'li',
        { className: 'card meeting' },
        element(
          'div',
          { className: 'row' },
          element('h2', { textContent: row.name }),
          element('span', {
            className: `pill${row.state === 'Live' ? ' live' : ''}`,
            textContent: row.state,
          }),
        ),
        element('p', { className: 'soft', textContent: row.facts }),
        element(
          'div',
          { className: 'row links' },
          element('a', { href: row.roomHref, textContent: 'Room', ariaLabel: `Room of ${row.name}` }),
          element('a', { href: row.mapHref, textContent: 'Map', ariaLabel: `Map of ${row.name}` }),
          reportButton(row.name),
        ),
      ),
  };
}

function reportButton(name: string): HTMLButtonElement {
  const ariaLabel = `What happened in ${name}`;
  const button = element('button', {
    type: 'button',
    className: 'slim',
    textContent: 'What happened',
    ariaLabel,
  });
  button.addEventListener('click', () => {
    if (!shown) return;
    reported = name;
    openReport(shown.api, name, when);
  });
  return button;
}

/** Returns the focus to the row of the report, whose button may be another one meanwhile. */
function backInList(): void {
  const row = [...byId('list').children].find((child) => (child as HTMLElement).dataset.key === reported);
  row?.querySelector('button')?.focus();
}

/** Shows the field for a pasted token, because this site has no issuer. */
function expectToken(): void {
  const [name, token] = [byId<HTMLInputElement>('name'), byId<HTMLTextAreaElement>('token')];
  byId('own-name').hidden = name.disabled = true;
  byId('own-token').hidden = token.disabled = false;
  token.required = true;
}

async function attempt(action: () => Promise<void>): Promise<void> {
  await action().then(() => {
    byId('trouble').hidden = true;
  }, complain);
}

function complain(error: unknown): void {
  const trouble = byId('trouble');
  trouble.textContent = whyNot(error);
  trouble.hidden = false;
  byId('news').textContent = '';
}
