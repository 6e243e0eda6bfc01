export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** The parts of an m-section of an SDP offer that matter here. */
export interface OfferedSection {
  kind: string;
  mid: string;
  direction: Direction;
  isRejected: boolean;
  /** The payload types in their listed order. */
  formats: string[];
  /** Payload type by codec in lower case: `opus/48000/2`, `vp8/90000`. The first offered one counts. */
  codecs: Map<string, number>;
  /** Number of a header extension by its URI. */
  extensions: Map<string, number>;
}

/** An SDP offer. */
export interface Offer {
  fingerprint: { algorithm: string; value: string };
  sections: OfferedSection[];
}

const DIRECTIONS: Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

/** Parses a browser's offer, whose sections are all bundled. */
export function readOffer(sdp: string): Offer {
  const [, algorithm = '', value = ''] = /^a=fingerprint:(\S+) (\S+)/m.exec(sdp) ?? [];
  const [, ...sections] = sdp.split(/^m=/m);
  return { fingerprint: { algorithm, value }, sections: sections.map(readSection) };
}

function readSection(text: string): OfferedSection {
  const [first = '', ...lines] = text.split(/\r?\n/);
  const [kind = '', port, , ...formats] = first.split(' ');
  const attributes = lines.filter((line) => line.startsWith('a=')).map((line) => line.slice(2));
  return {
    kind,
    mid: attributeOf(attributes, 'mid:') ?? '',
    direction: DIRECTIONS.find((direction) => attributes.includes(direction)) ?? 'sendrecv',
    isRejected: port === '0' && !attributes.includes('bundle-only'),
    formats,
    codecs: pairs(attributes, /^rtpmap:(\d+) (\S+)/),
    extensions: pairs(attributes, /^extmap:(\d+)\S* (\S+)/),
  };
}

const attributeOf = (attributes: string[], name: string) =>
  attributes.find((attribute) => attribute.startsWith(name))?.slice(name.length);

/** Number by name, from lines with the number first and then the name. */
function pairs(attributes: string[], pattern: RegExp): Map<string, number> {
  const found = new Map<string, number>();
  for (const attribute of attributes) {
    const [, number, name] = pattern.exec(attribute) ?? [];
    if (name && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), Number(number));
  }
  return found;
}
