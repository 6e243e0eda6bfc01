import { parseFlags } from '../../emulator/command-line/flags.ts';
import { type EmulatorOptions, OptionsSchema } from '../../emulator/options.ts';
import type { Experiment } from '../../scripts/conformance/experiment.ts';
import { experimentsFor } from '../../scripts/conformance/experiments.ts';
import { type Finding, judge, lookAgain, together } from '../../scripts/conformance/finding.ts';
import { NOT_ASKED } from '../../scripts/conformance/not-asked.ts';
import { documentOf, reportOn } from '../../scripts/conformance/report.ts';
import { alive, ask, chimeWith, closeAll } from './support.ts';
import { DEFAULTS, experiments, turned } from './switches.ts';

const usual = experimentsFor({});
const place = { region: 'us-east-1', endpoint: 'http://127.0.0.1:4560' };

const experiment = (id: string) => experiments.find((each) => each.id === id) as Experiment;
const verdicts = (findings: Finding[]) => new Set(findings.map(({ verdict }) => verdict));

afterEach(closeAll);

describe('conformance against an emulator with defaults', () => {
  it('finds no difference, and leaves no meeting behind', async () => {
    const chime = await chimeWith();
    const answers = await ask(chime, usual);
    expect(answers.findings).toHaveLength(usual.length);
    expect(verdicts(answers.findings)).toEqual(new Set(['same']));
    expect([alive(chime), answers.left]).toEqual([[], []]);
    expect(documentOf(answers, place)).toMatchObject({ flags: '', account: '********3333' });
    expect(chime.state.meetings.size).toBeGreaterThan(40);
  });
});

describe('conformance against an emulator with many switches changed', () => {
  const options: Partial<EmulatorOptions> = {
    constraintError: 'BadRequestException',
    semanticError: 'ValidationException',
    primaryError: 'ForbiddenException',
    capacityError: 'UnprocessableEntityException',
    secondDeleteError: 'ForbiddenException',
    highDefinitionWithoutMaxCount: 'cap',
    tokenScope: 'shared',
    tokenMismatch: 'error',
    tokenAfterEnd: 'new-meeting',
    externalUserIdRepeat: 'same',
    duplicatesInBatch: 'refuse-item',
    batchOverCapacity: 'all-or-nothing',
    attendeesPerCreateMeetingWithAttendees: 10,
    replicasPerPrimary: 40,
    replicaFeatures: 'of-primary',
  };

  it('finds all of them, and lists with each finding only its own switches', async () => {
    const answers = await ask(await chimeWith(options), usual);
    expect(together(answers.findings)).toEqual(options);
    expect(answers.findings.filter(({ instead }) => instead)).toEqual([]);
    const set = Object.fromEntries(answers.findings.map((finding) => [finding.id, finding.set]));
    expect(set['high-definition-without-max-count']).toEqual({ highDefinitionWithoutMaxCount: 'cap' });
    expect(set['video-where-there-is-none']).toEqual({ constraintError: 'BadRequestException' });
    expect(set['token-mismatch']).toEqual({ tokenMismatch: 'error', semanticError: 'ValidationException' });

    const [, printed = ''] = /npm run emulator -- (.*)$/m.exec(reportOn(answers, place)) ?? [];
    expect(parseFlags(printed.split(' ')).options).toEqual({ ...DEFAULTS, ...options });
  });
});

describe('a behaviour that the emulator cannot imitate', () => {
  it('is reported as not covered by any option', async () => {
    const found = await judge(experiment('get-after-delete'), { came: 'still found' }, {});
    expect(found).toMatchObject({ verdict: 'differs', byDefault: 'NotFoundException (404)' });
    expect(found).not.toHaveProperty('set');
    const report = reportOn({ account: undefined, findings: [found], left: [] }, place);
    expect(report).toContain('no option of the emulator does this');
  });

  it('may be that two operations behave differently where one option covers both', async () => {
    const forbidden = { came: 'ForbiddenException (403)' };
    const notFound = { came: 'NotFoundException (404)' };
    const findings = [
      await judge(experiment('second-delete-of-a-meeting'), forbidden, {}),
      await judge(experiment('second-delete-of-an-attendee'), notFound, {}),
    ];
    const [meeting, attendee] = await lookAgain(experiments, findings);
    expect(meeting).not.toHaveProperty('instead');
    expect(attendee).toMatchObject({ verdict: 'same', instead: forbidden.came });
  });
});

describe('the options of the emulator', () => {
  it('have more than 15 values, not default, that an experiment may find', () => {
    expect(turned.length).toBeGreaterThan(15);
  });

  it('are each tested, or listed with the reason why not', () => {
    const known = [
      ...usual.flatMap(({ settles }) => Object.keys(settles)),
      ...NOT_ASKED.flatMap(({ options }) => options),
    ];
    expect(Object.keys(OptionsSchema.shape).filter((key) => !known.includes(key))).toEqual([]);
  });
});
