import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findingsIn } from './check-words/findings.ts';

/** Files that are not checked: the list itself and its test, and generated files. */
const EXEMPT = /^(scripts\/check-words\/|test\/scripts\/check-words|package-lock\.json|docs\/openapi)/;
const TEXT = /\.(ts|cjs|mjs|yml|md|html|css)$/;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => TEXT.test(file) && !EXEMPT.test(file));

const findings = files.flatMap((file) =>
  findingsIn(readFileSync(file, 'utf8'), file.endsWith('.md')).map(
    ({ line, text, use }) => `${file}:${line}: ${use}\n    ${text}`,
  ),
);
for (const finding of findings) console.error(finding);
if (findings.length > 0) {
  console.error(`${findings.length} places do not use the words of docs/glossary.md.`);
  process.exitCode = 1;
} else {
  console.log(`${files.length} files use the words of the glossary.`);
}
