/** What happened in a meeting, in a dialog: the figures of each life of its name, and a file of who was connected when. */
import type { Balcony, Usage } from '../../client/balcony.ts';
import { byId, element } from '../dom.ts';
import { plainly } from '../room/words.ts';
import { attendanceFile, fileNameOf, progressWords } from './attendance-file.ts';
import { figuresOf, lifeWords } from './usage-words.ts';

/** The most people that the service returns at once. */
const PAGE = 1000;

/** The report that is shown. Another life or the end of the dialog aborts it, and what still arrives for it is dropped. */
interface Shown {
  api: Balcony;
  meeting: string;
  when: (instant: string) => string;
  life?: string;
  ended: AbortController;
  usage?: Usage;
}

const dialog = byId<HTMLDialogElement>('report');
const news = byId('report-news');
const trouble = byId('report-trouble');
const lives = byId<HTMLSelectElement>('life');
const download = byId<HTMLButtonElement>('download');
let shown: Shown | undefined;

lives.addEventListener('change', () => shown && void show({ ...shown, life: lives.value }));
download.addEventListener('click', () => shown && void save(shown));
byId('report-close').addEventListener('click', () => dialog.close());
dialog.addEventListener('close', () => {
  shown?.ended.abort();
  shown = undefined;
});

/** Opens the dialog with the latest life of this name. `when` writes an instant for the person at the page. */
export function openReport(api: Balcony, meeting: string, when: (instant: string) => string): void {
  byId('report-title').textContent = `What happened in ${meeting}`;
  byId('lives').hidden = true;
  lives.replaceChildren();
  dialog.showModal();
  void show({ api, meeting, when });
}

async function show(next: Omit<Shown, 'ended' | 'usage'>): Promise<void> {
  shown?.ended.abort();
  const report: Shown = { ...next, ended: new AbortController() };
  shown = report;
  byId('figures').replaceChildren();
  download.hidden = true;
  news.textContent = 'The figures are being read.';
  await attempt(report, async () => {
    const usage = await report.api.usage(report.meeting, report.life ? { life: report.life } : {});
    if (report !== shown) return;
    shown = Object.assign(report, { usage });
    showUsage(usage, report);
  });
}

function showUsage(usage: Usage, { when }: Shown): void {
  const figures = figuresOf(usage, when).map(({ label, words }) =>
    element('div', {}, element('dt', { textContent: label }), element('dd', { textContent: words })),
  );
  byId('figures').replaceChildren(...figures);
  byId('lives').hidden = usage.lives.length < 2;
  if (!lives.options.length) lives.replaceChildren(...usage.lives.map((life) => choice(life, when)));
  download.hidden = usage.people === 0;
  news.textContent = usage.life
    ? usage.people
      ? ''
      : 'No person was connected.'
    : 'This meeting was never opened.';
}

const choice = (life: Usage['lives'][number], when: Shown['when']) =>
  element('option', { value: life.openedAt, textContent: lifeWords(life, when) });

/** Reads all pages, and gives them to the browser as one file. The token is in a header, as for every request. */
async function save(report: Shown): Promise<void> {
  const { api, meeting, usage, ended } = report;
  if (!usage?.life || download.ariaDisabled === 'true') return;
  const { openedAt } = usage.life;
  download.ariaDisabled = 'true'; // not `disabled`, which would take the focus away
  news.textContent = progressWords(0, usage.people);
  await attempt(report, async () => {
    const csv = await attendanceFile(
      (from) => api.attendance(meeting, { limit: PAGE, life: openedAt, ...from }),
      (people) => {
        if (report === shown) news.textContent = progressWords(people, usage.people);
      },
      ended.signal,
    );
    giveFile(csv, fileNameOf(meeting, openedAt));
    news.textContent = `${news.textContent}. The file is ready.`;
  });
  download.ariaDisabled = 'false';
}

function giveFile(csv: string, name: string): void {
  const href = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  element('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // a browser may still be writing the file
}

/** An error is told only in the report that it belongs to. */
async function attempt(report: Shown, action: () => Promise<void>): Promise<void> {
  trouble.hidden = true;
  await action().catch((error) => {
    if (report !== shown) return;
    news.textContent = '';
    trouble.textContent = plainly(error);
    trouble.hidden = false;
  });
}
