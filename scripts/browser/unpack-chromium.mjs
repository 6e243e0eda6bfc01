/**
 * Unpacks the Chromium that ships inside its npm package, with its libraries and fonts, into the temporary folder of this process:
 * the package knows no other place. Start it with `TMPDIR` set.
 */
import { fileURLToPath } from 'node:url';
import chromium, { inflate } from '@sparticuz/chromium';

const packed = (name) => fileURLToPath(new URL(`../bin/${name}`, import.meta.resolve('@sparticuz/chromium')));

await chromium.executablePath();
await inflate(packed('al2023.tar.br'));
