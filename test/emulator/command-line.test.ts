import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFlags } from '../../emulator/command-line/flags.ts';
import { helpText } from '../../emulator/command-line/help.ts';
import { OptionsSchema } from '../../emulator/options.ts';

describe('the command line of the emulator', () => {
  it('leaves every option at its default where no flag is given', () => {
    expect(parseFlags([])).toEqual({
      help: false,
      verbose: false,
      port: 4560,
      host: '127.0.0.1',
      signaling: false,
      captionsDemo: false,
      options: OptionsSchema.parse({}),
    });
  });

  it('sets options that are numbers, choices, switches, URLs and objects', () => {
    const flags = parseFlags([
      '--port=0',
      '--verbose',
      '--signaling',
      '--captions-demo',
      '--replicas-per-primary=9',
      '--capacity-error=only-at-connect',
      '--replicas-count-as-meetings=false',
      '--account-id=444455556666',
      '--signaling-url-base=ws://127.0.0.1:1',
      '--quota-by-operation={"GetMeeting":{"ratePerSecond":1,"burst":2}}',
    ]);
    expect(flags).toMatchObject({
      port: 0,
      verbose: true,
      signaling: true,
      captionsDemo: true,
      options: {
        replicasPerPrimary: 9,
        capacityError: 'only-at-connect',
        replicasCountAsMeetings: false,
        accountId: '444455556666',
        signalingUrlBase: 'ws://127.0.0.1:1',
        quotaByOperation: { GetMeeting: { ratePerSecond: 1, burst: 2 } },
      },
    });
  });

  it.each([['--unknown=1'], ['--burst=many'], ['--port=99999'], ['--token-scope=galaxy']])(
    'refuses %s',
    (flag) => {
      expect(() => parseFlags([flag])).toThrow();
    },
  );

  it('explains every option in its help, which the README repeats', () => {
    const help = helpText();
    for (const key of Object.keys(OptionsSchema.shape)) {
      expect(help).toContain(`--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} `);
    }
    expect(readFileSync(join(__dirname, '../../emulator/README.md'), 'utf8')).toContain(help);
  });
});
