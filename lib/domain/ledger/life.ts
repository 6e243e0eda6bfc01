import { type Connection, fromInstant, partsOf, toInstant } from './facts.ts';

/** A Chime meeting of one life of a name, or the whole life (`m`). */
type Subject = 'm' | `e${number}` | `r${number}.${number}`;

/** The primary of an epoch opened or ended (`e`), a replica did (`r`), or the name was ended (`m`). */
export interface LifeFact {
  subject: Subject;
  /** Milliseconds since the Unix epoch. */
  at: number;
  kind: 'opened' | 'ended';
}

/** When something began and ended (milliseconds since the Unix epoch), as far as it is known. */
export interface Span {
  openedAt?: number;
  endedAt?: number;
}

/** The epoch of a name, and its replicas. */
export interface Current {
  epoch: number;
  replicas: ReadonlySet<number>;
  /** Replicas from this ordinal on were opened since. */
  nextOrdinal: number;
}

/** One life of a name, from its creation or reopening to its end. */
export interface Life {
  openedAt: number;
  /** When the name was ended, or when its next life began. Undefined while it goes on. */
  endedAt?: number;
  /** Where the name stands now, if this is its current life: what is not there any more is over, whether or not that was recorded. */
  current?: Current;
  spans: ReadonlyMap<string, Span>;
}

export const ofEpoch = (epoch: number): Subject => `e${epoch}`;
export const ofReplica = (epoch: number, ordinal: number): Subject => `r${epoch}.${ordinal}`;

/** A fact as a member of a string set: `e1|m3k2x9q1|o`. */
export const lifeText = ({ subject, at, kind }: LifeFact): string =>
  `${subject}|${toInstant(at)}|${kind === 'opened' ? 'o' : 'x'}`;

const WRITTEN = /^(m|e\d+|r\d+\.\d+)\|([0-9a-z]+)\|([ox])$/;

/** The spans that these facts tell of. A repeated fact changes nothing: the earliest opening and the earliest end count. */
export function spansOf(texts: Iterable<string>): Map<string, Span> {
  const spans = new Map<string, Span>();
  for (const text of texts) {
    const [, subject, instant, kind] = WRITTEN.exec(text) ?? [];
    if (!subject || !instant) continue;
    const span = spans.get(subject) ?? {};
    const name = kind === 'o' ? 'openedAt' : 'endedAt';
    spans.set(subject, { ...span, [name]: Math.min(span[name] ?? Infinity, fromInstant(instant)) });
  }
  return spans;
}

/**
 * When the meeting of a connection ended. Undefined: it has not. `unknown`: it has, and no record says when.
 * An epoch ends with the name, and at the latest when a later epoch opens. A replica ends with its epoch.
 */
export function endOf(life: Life, connection: Connection): number | 'unknown' | undefined {
  const { epoch, ordinal } = partsOf(connection);
  const ends = [life.endedAt, life.spans.get(ofEpoch(epoch))?.endedAt, ...laterEpochs(life, epoch)];
  if (ordinal !== undefined) ends.push(life.spans.get(ofReplica(epoch, ordinal))?.endedAt);
  const known = ends.filter((at) => at !== undefined);
  if (known.length > 0) return Math.min(...known);
  return isThere(life.current, { epoch, ordinal }) ? undefined : 'unknown';
}

function isThere(current: Current | undefined, { epoch, ordinal }: ReturnType<typeof partsOf>): boolean {
  if (!current || epoch > current.epoch) return true;
  if (epoch < current.epoch) return false;
  return ordinal === undefined || ordinal >= current.nextOrdinal || current.replicas.has(ordinal);
}

function laterEpochs({ spans }: Life, epoch: number): (number | undefined)[] {
  return [...spans].flatMap(([subject, { openedAt, endedAt }]) =>
    subject.startsWith('e') && Number(subject.slice(1)) > epoch ? [openedAt, endedAt] : [],
  );
}

/** How many epochs, and how many replicas, were opened in this life. */
export function openedIn({ spans }: Pick<Life, 'spans'>): { epochs: number; replicas: number } {
  const opened = (kind: 'e' | 'r') =>
    [...spans].filter(([subject, { openedAt }]) => subject.startsWith(kind) && openedAt !== undefined).length;
  return { epochs: opened('e'), replicas: opened('r') };
}
