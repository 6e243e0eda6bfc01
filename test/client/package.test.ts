import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { run } from '../packages/packing.ts';
import { claimedKb, gzippedKb } from '../support/claimed-size.ts';
import { type PackedClient, packedClient } from './packed-client.ts';

/** How far the code may be from a figure with one decimal, in KB. */
const MARGIN_KB = 0.1;

let packed: PackedClient;
beforeAll(async () => {
  packed = await packedClient();
});
afterAll(() => packed?.remove());

const textOf = (file: string) =>
  readFileSync(join(packed.folder, 'node_modules/balcony-client', file), 'utf8');

/** A declaration names the module that it declares, which may have no file of its own. */
const isHeld = (file: string) =>
  packed.files.includes(file) || packed.files.includes(file.replace(/\.js$/, '.d.ts'));

const runHere = (program: string, ...args: string[]) =>
  run(packed.folder, resolve('node_modules/.bin', program), ...args);

/** A program of a user, with every kind of thing that the package exports. */
const PROGRAM = `
import { balcony, browserDeps, isPassing, Refusal, type Balcony, type Joined, type RefusalCode } from 'balcony-client';
const client: Balcony = balcony({ url: 'https://api.example', token: 't' }, { ...browserDeps, random: () => 0 });
export async function join(signal: AbortSignal): Promise<Joined | RefusalCode> {
  try {
    return await client.join('hall', { mediaRegion: 'eu-central-1', signal, onWaiting: ({ reason }) => void (reason satisfies string) });
  } catch (error) {
    if (error instanceof Refusal && !isPassing(error)) return error.code;
    throw error;
  }
}
export const url: string | undefined = (await client.topology('hall')).primary?.meetingId;
// @ts-expect-error no such media region
client.create('hall', { mediaRegion: 'moon-1' });
`;

/** A component of a user. */
const HOOK = `
import { useMeetingManager } from 'amazon-chime-sdk-component-library-react';
import type { Balcony, Joined } from 'balcony-client';
import { useMeetingJoin } from 'balcony-client/react';
export function useName(client: Balcony): Joined | string {
  const me = useMeetingJoin({ client, meeting: 'hall', manager: useMeetingManager(), displayName: 'Linus' });
  if (me.state === 'joined') return me.joined;
  if (me.state === 'left') return me.stopped satisfies 'Left' | string;
  // @ts-expect-error only a refused person has a refusal
  me.refusal;
  return me.state === 'refused' ? me.refusal.code : me.state;
}
`;

function typeCheck(resolution: string): string[] {
  const module = resolution === 'bundler' ? 'esnext' : 'nodenext';
  return [
    ...['--strict', '--exactOptionalPropertyTypes', '--noEmit', '--types', '', '--lib', 'es2022,dom'],
    ...['--target', 'es2022', '--module', module, '--moduleResolution', resolution],
  ];
}

describe('the packed client', () => {
  it('holds exactly these files', () => {
    expect(packed.files).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/ask.d.ts',
      'dist/balcony.d.ts',
      'dist/balcony.js',
      'dist/captions-types.d.ts',
      'dist/desk-types.d.ts',
      'dist/join.d.ts',
      'dist/react/index.d.ts',
      'dist/react/index.js',
      'dist/react/manager.d.ts',
      'dist/react/state.d.ts',
      'dist/refusal.d.ts',
      'dist/report.d.ts',
      'dist/stay/chime.d.ts',
      'dist/types.d.ts',
      'package.json',
    ]);
  });

  it('brings no other package', () => {
    const installed = readdirSync(join(packed.folder, 'node_modules')).filter(
      (name) => !name.startsWith('.'),
    );
    expect(installed).toEqual(['balcony-client']);
    expect(Object.keys(JSON.parse(textOf('package.json')))).not.toContain('dependencies');
  });

  it('refers to no file that it does not hold', () => {
    for (const file of packed.files.filter((name) => /\.(ts|js|md)$/.test(name))) {
      const paths = textOf(file).match(/(?<=['"(])\.{1,2}\/[^'")\s]*/g) ?? [];
      const missing = paths.filter((path) => !isHeld(normalize(join(dirname(file), path))));
      expect([file, missing]).toEqual([file, []]);
    }
  });

  it('passes publint, also its suggestions', () => {
    expect(runHere('publint', 'run', packed.tarball, '--strict')).toContain('All good!');
  });

  it('passes arethetypeswrong for ES modules', () => {
    expect(runHere('attw', packed.tarball, '--profile', 'esm-only')).toContain('🟢 (ESM)');
  });

  it.each(['bundler', 'nodenext'])(
    'has types that a strict program can use with %s resolution',
    (resolution) => {
      writeFileSync(join(packed.folder, 'program.ts'), PROGRAM);
      runHere('tsc', ...typeCheck(resolution), 'program.ts');
    },
  );

  it('has a React hook whose types know the manager of the component library', () => {
    writeFileSync(join(packed.folder, 'hook.ts'), HOOK);
    for (const peer of ['amazon-chime-sdk-js', 'amazon-chime-sdk-component-library-react'])
      symlinkSync(resolve('node_modules', peer), join(packed.folder, 'node_modules', peer));
    runHere('tsc', ...typeCheck('bundler'), '--skipLibCheck', 'hook.ts');
  });

  it('leaves nothing in a bundle that does not use it', () => {
    expect(bundled("import 'balcony-client'; import 'balcony-client/react';")).toBe('');
  });

  it('has one class of refusals for both entries', () => {
    expect(textOf('dist/react/index.js')).not.toMatch(/class\b/);
  });

  it.each([
    ['client/README.md', /no dependency, about/, "export * from 'balcony-client';"],
    [
      'client/README.md',
      /with the React hook about/,
      "export * from 'balcony-client'; export * from 'balcony-client/react';",
    ],
    ['README.md', /\[typed client\]\(client\/README\.md\) \(/, "export * from 'balcony-client';"],
  ])('has the size that %s gives %s', (page, before, program) => {
    const kb = gzippedKb(bundled(program));
    expect(Math.abs(kb - claimedKb(page, before))).toBeLessThanOrEqual(MARGIN_KB);
  });
});

/** What a bundler makes of a program in the folder. */
function bundled(contents: string): string {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: packed.folder },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    external: ['react', 'amazon-chime-sdk-js'],
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
