import type { Captions } from '../../../client/balcony.ts';
import { byId, element } from '../../dom.ts';
import { type ChimeTranscript, heardIn, stateIn } from './heard.ts';
import { captionLines, endOf, type Line } from './lines.ts';
import { IN_PLACE_OF_LINES } from './words.ts';

const KEY = 'balcony-captions';
/** The name of a speaker whom Chime does not name. */
const UNKNOWN = 'Someone';
const LOOK_EVERY_MS = 500;
/** Settled lines that a screen reader may still have to read. */
const MOST_LOGGED = 20;

/** What outlives a session: the lines, and the names of their speakers. */
export type CaptionMemory = ReturnType<typeof captionMemory>;

export function captionMemory() {
  const lines = captionLines();
  const names = new Map<string, string>();
  return {
    lines,
    /** Keeps a name for when its person has left. */
    called: (externalUserId: string, name: string) => {
      if (name && name !== externalUserId) names.set(externalUserId, name);
      return names.get(externalUserId) ?? externalUserId;
    },
  };
}

interface Seat {
  memory: CaptionMemory;
  /** As the join answered. */
  captions: Captions | undefined;
  /** The name of a person on stage. */
  nameOf: (attendeeId: string, externalUserId: string) => string;
}

/**
 * Shows the captions of a session where the person wants them. The button remembers that in this browser. The visible lines change
 * with every word, so screen readers get settled lines only.
 */
export function showCaptions({ memory, captions, nameOf }: Seat) {
  const [button, box, log] = [byId('captions-button'), byId('captions'), byId('captions-log')];
  const [list, instead] = [byId('captions-lines'), byId('captions-instead')];
  let state = captions?.state ?? 'off';
  let isWanted = isRemembered();
  const speakerOf = ({ attendeeId, externalUserId }: Line) =>
    externalUserId ? memory.called(externalUserId, nameOf(attendeeId, externalUserId)) : UNKNOWN;

  const draw = () => {
    button.ariaPressed = String(isWanted);
    box.hidden = !isWanted;
    if (!isWanted) return;
    const visible = memory.lines.visible(Date.now());
    instead.textContent = visible.length > 0 ? '' : IN_PLACE_OF_LINES[state];
    const drawn = visible.map((line) => `${speakerOf(line)}\n${line.text}\n${line.isPartial}`).join('\n');
    if (list.dataset.drawn === drawn) return;
    list.dataset.drawn = drawn;
    list.replaceChildren(...visible.map((line) => paragraph(line, speakerOf(line))));
  };

  const readOut = (settled: Line[]) => {
    if (!isWanted) return;
    for (const line of settled) {
      const { text, language = '' } = line;
      log.append(element('p', { lang: language, textContent: `${speakerOf(line)}: ${text}` }));
    }
    while (log.children.length > MOST_LOGGED) log.firstElementChild?.remove();
  };

  button.onclick = () => {
    isWanted = !isWanted;
    remember(isWanted);
    log.replaceChildren();
    draw();
  };
  log.replaceChildren();
  draw();
  const looking = setInterval(draw, LOOK_EVERY_MS); // lines get old, and names become known
  return {
    /** Takes what the Chime client reports. Results may come without a report that captions have started. */
    take: (event: ChimeTranscript) => {
      const heard = heardIn(event);
      state = stateIn(event) ?? (heard.length > 0 ? 'on' : state);
      readOut(memory.lines.hear(heard, Date.now()));
      draw();
    },
    speakerOf,
    close: () => clearInterval(looking),
  };
}

function paragraph({ text, isPartial, language = '' }: Line, name: string): HTMLElement {
  const words = element('span', { lang: language, dir: 'auto', textContent: endOf(text) });
  const who = element('b', { textContent: `${name}: ` });
  return element('p', { className: isPartial ? 'partial' : '' }, who, words);
}

/** Storage may be denied; then nothing is remembered. */
function isRemembered(): boolean {
  try {
    return localStorage.getItem(KEY) === 'on';
  } catch {
    return false;
  }
}

function remember(isWanted: boolean): void {
  try {
    localStorage.setItem(KEY, isWanted ? 'on' : 'off');
  } catch {}
}
