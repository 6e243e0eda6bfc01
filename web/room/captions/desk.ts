import type { Balcony, CaptionLanguage, Captions } from '../../../client/balcony.ts';
import { browserDeps, type Deps } from '../../../client/join.ts';
import { byId, element } from '../../dom.ts';
import { attempt, tell } from '../said.ts';
import { type ChimeTranscript, stateIn } from './heard.ts';
import type { Line } from './lines.ts';
import { transcriptName, transcriptText } from './transcript.ts';
import { languages, OUTCOME, stateWords, usualLanguage } from './words.ts';

interface Place {
  balcony: Balcony;
  meeting: string;
  role: 'host' | 'presenter' | 'viewer';
  /** As the join answered. */
  captions: Captions | undefined;
  /** All settled lines that the page has seen. */
  lines: () => Line[];
  speakerOf: (line: Line) => string;
}

const LEAST_MS = 1500;
const SPREAD_MS = 1000;
/** The service learns the state from an event, which may be lost. */
const MOST_LOOKS = 20;
const OFF: Captions = { state: 'off' };
/** Whether the state changes by itself. */
const isPassing = ({ state }: Captions) => state === 'starting' || state === 'stopping';

/** Captions at the desk of hosts and presenters: their language, on and off, and for hosts the transcript of this page. */
export function captionsDesk(place: Place, { random, pause }: Deps = browserDeps) {
  const { balcony, meeting, role } = place;
  const language = byId<HTMLSelectElement>('captions-language');
  const [on, off, transcript] = [byId('captions-on'), byId('captions-off'), byId('transcript')];
  const closed = new AbortController();
  let now = place.captions ?? OFF;
  let following = 0;
  /** Whether this person waits for captions to run. */
  let isAwaited = false;
  /** Whether this person has chosen a language, and not turned captions on in it yet. */
  let isChosen = false;

  const show = (captions: Captions) => {
    now = captions;
    if (!isChosen && captions.languageCode) language.value = captions.languageCode;
    byId('captions-news').textContent = stateWords(captions);
    byId('captions-why').hidden = !captions.detail;
    byId('captions-detail').textContent = captions.detail ?? '';
    off.hidden = captions.state === 'off';
    label();
    if (isAwaited) tell(OUTCOME[captions.state]);
    isAwaited &&= captions.state === 'starting';
  };
  const label = () => {
    const isSame = now.languageCode === language.value;
    const isRunning = !['off', 'stopping', 'failed'].includes(now.state);
    on.hidden = isRunning && isSame;
    on.textContent = isRunning ? 'Change the language' : 'Turn captions on';
  };

  /** Asks the service until its state is not passing, and is the one that Chime has told this page. */
  const follow = async (told?: Captions['state']) => {
    const turn = ++following;
    for (let look = 0; look < MOST_LOOKS; look++) {
      await pause(LEAST_MS + random() * SPREAD_MS, closed.signal);
      if (turn !== following) return;
      const found = await balcony.topology(meeting).catch(() => undefined);
      if (turn !== following || closed.signal.aborted) return;
      const { captions = OFF } = found ?? { captions: now };
      if (found) show(captions);
      if (found && !isPassing(captions) && (!told || told === captions.state)) return;
    }
  };
  const followQuietly = (told?: Captions['state']) => void follow(told).catch(ignore);

  language.replaceChildren(...languages().map((each) => element('option', each)));
  language.value = usualLanguage(navigator.language);
  language.onchange = () => {
    isChosen = true;
    label();
  };
  on.onclick = () =>
    attempt(async () => {
      following++;
      isAwaited = true;
      const wanted = await balcony.setCaptions(meeting, { languageCode: language.value as CaptionLanguage });
      isChosen = false;
      show(wanted);
      followQuietly('on'); // for some seconds the service may know only what was before
      if (on.hidden) off.focus();
    });
  off.onclick = () =>
    attempt(async () => {
      following++;
      isAwaited = false;
      await balcony.stopCaptions(meeting).catch((error: unknown) => {
        followQuietly(); // the wish may be recorded: the service tells Chime by itself
        throw error;
      });
      show(OFF);
      tell('Captions are off.');
      on.focus();
    });
  transcript.hidden = role !== 'host';
  transcript.onclick = () => {
    const lines = place.lines();
    if (lines.length === 0) return tell('This page has seen no captions yet.');
    download(transcriptName(meeting, new Date()), transcriptText(lines, place.speakerOf));
  };
  show(now);
  if (role !== 'viewer' && isPassing(now)) followQuietly();

  return {
    /** Chime has told this page of a change, which another host may have caused. */
    take: (event: ChimeTranscript) => {
      const state = stateIn(event);
      if (role !== 'viewer' && state) followQuietly(state);
    },
    close: () => closed.abort(),
  };
}

/** A pause ends with an error when the session is over. */
const ignore = () => undefined;

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  element('a', { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
