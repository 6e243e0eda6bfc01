/** The list of meetings: live, scheduled or ended ones, for hosts, with a link to the room and the map of each. */
import { type Balcony, balcony } from '../../client/balcony.ts';
import { loadConfig, type WebConfig } from '../config.ts';
import { byId, element, type Row, showRows } from '../dom.ts';
import { issuedTokens, nameIn, pastedToken, typedName } from '../room/visitor.ts';
import { type MeetingRow, rowOf, type Status, summaryOf, whyNot } from './rows.ts';

const PAGE = 50;

/** The list that is shown. A later one replaces it, and what still arrives for an earlier one is dropped. */
interface Shown {
  api: Balcony;
  status: Status;
  name: string;
  rows: MeetingRow[];
  cursor?: string;
}

const form = byId<HTMLFormElement>('form');
const more = byId<HTMLButtonElement>('more');
const when = (instant: string) =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
let shown: Shown | undefined;

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
  more.addEventListener('click', () => void attempt(nextPage));
  byId<HTMLButtonElement>('show').disabled = false; // until now the browser would have sent the form, with the token
}

async function openList(config: WebConfig): Promise<void> {
  const { status, name = '', token } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const own = pastedToken(token);
  const sub = own ? nameIn(own) : typedName(name);
  const api = balcony({ url: config.api, token: own || issuedTokens(config, { sub, role: 'host' }) });
  shown = { api, status: status as Status, name: own ? '' : sub, rows: [] };
  byId('list').replaceChildren();
  more.hidden = true;
  byId('news').textContent = 'The list is being read.';
  await nextPage();
}

async function nextPage(): Promise<void> {
  const list = shown;
  if (!list) return;
  const { api, status, name, cursor } = list;
  more.disabled = true;
  const page = await api.meetings({ status, limit: PAGE, ...(cursor && { cursor }) }).finally(() => {
    more.disabled = false;
  });
  if (list !== shown) return;
  list.rows.push(...page.meetings.map((meeting) => rowOf(meeting, { when, name })));
  if (page.cursor === undefined) delete list.cursor;
  else list.cursor = page.cursor;
  show(list);
}

function show({ rows, status, cursor }: Shown): void {
  showRows(byId('list'), rows.map(item));
  more.hidden = cursor === undefined;
  byId('news').textContent = summaryOf(status, rows.length, cursor === undefined ? {} : { cursor });
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
        ),
      ),
  };
}

/** Shows the field for a pasted token, because this site has no issuer. */
function expectToken(): void {
  const [name, token] = [byId<HTMLInputElement>('name'), byId<HTMLTextAreaElement>('token')];
  byId('own-name').hidden = name.disabled = true;
  byId('own-token').hidden = token.disabled = false;
  token.required = true;
}

async function attempt(action: () => Promise<void>): Promise<void> {
  byId('trouble').hidden = true;
  await action().catch(complain);
}

function complain(error: unknown): void {
  const trouble = byId('trouble');
  trouble.textContent = whyNot(error);
  trouble.hidden = false;
  byId('news').textContent = '';
}
