import { type ColdStart, coldStart, type Measured } from './cold-start.ts';

/** `--runs 15 --only joinMeeting,getMeeting --json`, all optional. */
const wordAfter = (flag: string) => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? undefined : process.argv[at + 1];
};

const found = await coldStart({
  runs: Number(wordAfter('--runs') ?? 15),
  only: wordAfter('--only')?.split(',') ?? [],
});

if (process.argv.includes('--json')) console.log(JSON.stringify(found));
else console.log(tableOf(found));

function tableOf({ node, runs, empty, sdkAlone, sdkTrimmed, sdkAloneMs, functions }: ColdStart): string {
  const line = ({ name, bytes, importMs, medianMs, cpuMs }: Measured) =>
    [
      name.padEnd(20),
      `${(bytes / 1000).toFixed(1)} KB`.padStart(9),
      importMs.toFixed(1).padStart(7),
      medianMs.toFixed(1).padStart(7),
      `×${(importMs / sdkAloneMs).toFixed(2)}`.padStart(8),
      cpuMs.toFixed(1).padStart(7),
      `×${(cpuMs / sdkAlone.cpuMs).toFixed(2)}`.padStart(8),
    ].join(' ');
  const largestFirst = functions.toSorted((a, b) => b.bytes - a.bytes);
  return [
    `Milliseconds to import a minified bundle in ${runs} fresh processes, ${node}: the least, the median, and the least`,
    'beside that of the DynamoDB client alone; then the least of the processor, and that beside the client alone.\n',
    ...[empty, sdkAlone, sdkTrimmed, ...largestFirst].map(line),
  ].join('\n');
}
