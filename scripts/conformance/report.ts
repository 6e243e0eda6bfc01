import { kebab } from '../../emulator/command-line/flags.ts';
import type { Answers } from './ask-chime.ts';
import { type Finding, together } from './finding.ts';
import { NOT_ASKED } from './not-asked.ts';
import { endpointOf, type Place } from './place.ts';
import type { Settings } from './reference.ts';

/** Settings as flags of the emulator's command line. */
export const flagsOf = (settings: Settings) =>
  Object.entries(settings)
    .map(([key, value]) => `--${kebab(key)} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');

/** All findings, for a program. */
export function documentOf({ account, findings, left }: Answers, place: Place) {
  const settings = together(findings);
  return {
    ...{ endpoint: endpointOf(place), region: place.region, account, settings, flags: flagsOf(settings) },
    findings: findings.map((finding) => ({
      ...finding,
      ...(finding.set && { flags: flagsOf(finding.set) }),
    })),
    notAsked: NOT_ASKED.map(({ what, why }) => ({ what, why })),
    left: left.map(({ meetingId, region }) => ({ meetingId, region })),
  };
}

/** All findings, for a reader. */
export function reportOn(answers: Answers, place: Place): string {
  const { account, findings } = answers;
  const count = (verdict: Finding['verdict']) => findings.filter((each) => each.verdict === verdict).length;
  return [
    `Chime at ${endpointOf(place)}, account ${account ?? 'not known'}`,
    '',
    ...findings.flatMap(linesOf),
    'Not asked:',
    ...NOT_ASKED.map(({ what, why }) => `  ${what}: ${why}`),
    '',
    `${count('same')} as the emulator is by default, ${count('differs')} different, ${count('unknown')} not known.`,
    ...conclusion(answers),
  ].join('\n');
}

const line = (label: string, text: string | undefined) =>
  text ? [`        ${label.padEnd(12)}${text}`] : [];

function linesOf({ verdict, id, set, ...finding }: Finding): string[] {
  const { asks, came, words, byDefault, instead, why } = finding;
  const remedy = set ? flagsOf(set) || 'as above' : 'no option of the emulator does this';
  return [
    `${verdict.padEnd(8)}${id}`,
    ...line('asked', asks),
    ...line('came back', came && (words ? `${came}: ${words}` : came)),
    ...line('not known', why),
    ...line('emulator', byDefault),
    ...(verdict === 'differs' ? line('set', remedy) : []),
    ...line('but then', instead && `the emulator answers ${instead}: no one setting does all of it`),
    '',
  ];
}

function conclusion({ findings, left }: Answers): string[] {
  const flags = flagsOf(together(findings));
  return [
    ...(flags ? ['', 'An emulator that answers like this:', `  npm run emulator -- ${flags}`] : []),
    ...(left.length > 0
      ? ['', `${left.length} meetings could not be deleted. They end by themselves, after five idle minutes`]
      : []),
    ...(left.length > 0 ? ['for all but replicas; or: npm run conformance -- --clean'] : []),
  ];
}
