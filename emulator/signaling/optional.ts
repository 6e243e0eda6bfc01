import { type Codec, loadCodec } from './codec.ts';

/** The packages that signaling and media need. */
interface Loaded {
  ws: typeof import('ws') | undefined;
  codec: Codec | undefined;
  werift: typeof import('werift') | undefined;
  /** The packages that could not be loaded, with a version that fits. */
  missing: string[];
}

/** Loads the optional packages, each if it is installed. */
export async function loadOptional(): Promise<Loaded> {
  const [ws, codec, werift] = await Promise.all([
    import('ws').catch(() => undefined),
    loadCodec().catch(() => undefined),
    import('werift').catch(() => undefined),
  ]);
  const missing = [
    ...(ws ? [] : ['ws@8']),
    ...(codec ? [] : ['amazon-chime-sdk-js@3']),
    ...(werift ? [] : ['werift@0.24']),
  ];
  return { ws, codec, werift, missing };
}

/** What is missing, and how to install it, as text. */
export function installing(missing: string[]): string {
  const names = new Intl.ListFormat('en').format(missing.map((each) => each.split('@')[0] ?? ''));
  const are = missing.length === 1 ? 'is' : 'are';
  return `${names} ${are} not installed. To install: npm install ${missing.join(' ')}`;
}
