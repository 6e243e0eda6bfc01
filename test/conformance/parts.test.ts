import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { redact } from '../../scripts/conformance/answer.ts';
import { readArguments } from '../../scripts/conformance/arguments.ts';
import { nameFor } from '../../scripts/conformance/claims.ts';
import { journalIn, leftoverJournals } from '../../scripts/conformance/journal.ts';
import { pacedBy } from '../../scripts/conformance/pace.ts';
import { clientAt, endpointOf, maskedAccount } from '../../scripts/conformance/place.ts';
import { aDirectory, closeAll, hurried } from './support.ts';

const tokenOf = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;

afterEach(closeAll);

describe('the rate limit of the conformance calls', () => {
  it('gives five permits in a second, and no two at once', async () => {
    const clock = hurried();
    const pace = pacedBy(5, clock);
    const turns: number[] = [];
    while (turns.length < 6) {
      await pace.turn();
      turns.push(clock.now());
    }
    expect(turns).toEqual([0, 200, 400, 600, 800, 1000]);
  });

  it('lets saved permits be used at once, and delays the next call as usual', async () => {
    const clock = hurried();
    const pace = pacedBy(5, clock);
    await pace.save(2);
    const from = clock.now();
    await Promise.all([pace.turn(), pace.turn()]);
    expect(clock.now()).toBe(from);
    await pace.turn();
    expect(clock.now()).toBe(from + 200);
  });
});

describe('a displayed text', () => {
  it.each([
    ['Meeting 01234567-89ab-cdef-0123-456789abcdef not found', 'Meeting <id> not found'],
    ['User: arn:aws:iam::123456789012:user/maria', 'User: arn:aws:iam::<account>:user/maria'],
    ['of eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln', 'of <token>'],
    ['key AKIAIOSFODNN7EXAMPLE', 'key <key>'],
    [`token ${'Zk3'.repeat(33)}`, 'token <token>'],
    ['0123456789abcdef0123456789abcdef.k.m1', '<id>.k.m1'],
  ])('has %j replaced by %j', (text, shown) => {
    expect(redact(text)).toBe(shown);
  });

  it('keeps four digits of an account id', () => {
    expect(maskedAccount('arn:aws:chime:us-east-1:123456789012:meeting/x')).toBe('********9012');
    expect(maskedAccount('nothing of the kind')).toBeUndefined();
  });
});

describe('the journal', () => {
  const meeting = (meetingId: string) => ({ meetingId, region: 'us-east-1' });

  it('is read without deleted meetings, and without a line that was cut short', () => {
    const directory = aDirectory();
    const journal = journalIn(directory, 'run');
    for (const id of ['one', 'two', 'two', 'three']) journal.opened(meeting(id));
    journal.deleted('two');
    appendFileSync(join(directory, 'conformance-run.journal'), '{"meetingId":"fo');
    expect(leftoverJournals(directory).map((left) => left.left())).toEqual([
      [meeting('one'), meeting('three')],
    ]);
  });

  it('is deleted with its last meeting, and created again with the next', () => {
    const directory = aDirectory();
    const journal = journalIn(directory, 'run');
    journal.opened(meeting('one'));
    journal.deleted('one');
    expect(leftoverJournals(directory)).toEqual([]);
    journal.opened(meeting('two'));
    expect(leftoverJournals(directory)[0]?.left()).toEqual([meeting('two')]);
  });
});

describe('the endpoint of the conformance calls', () => {
  const resolved = async (place: Parameters<typeof clientAt>[0]) => {
    const { config } = clientAt(place);
    return { host: (await config.endpoint?.())?.hostname, region: await config.region() };
  };

  it('is AWS, whatever the environment says', async () => {
    process.env.AWS_ENDPOINT_URL_CHIME_SDK_MEETINGS = 'http://127.0.0.1:1';
    expect(await resolved({ region: 'eu-central-1' })).toEqual({
      host: 'meetings-chime.eu-central-1.amazonaws.com',
      region: 'eu-central-1',
    });
    delete process.env.AWS_ENDPOINT_URL_CHIME_SDK_MEETINGS;
  });

  it('is AWS with the credentials of the profile, whatever credentials the environment has', async () => {
    const AWS_SHARED_CREDENTIALS_FILE = join(aDirectory(), 'credentials');
    writeFileSync(
      AWS_SHARED_CREDENTIALS_FILE,
      '[lab]\naws_access_key_id=AKIDLAB\naws_secret_access_key=none\n',
    );
    const before = { ...process.env };
    Object.assign(process.env, {
      AWS_SHARED_CREDENTIALS_FILE,
      AWS_ACCESS_KEY_ID: 'AKIDOTHER',
      AWS_SECRET_ACCESS_KEY: 'x',
    });
    const { accessKeyId } = await clientAt({ region: 'us-east-1', profile: 'lab' }).config.credentials();
    process.env = before;
    expect(accessKeyId).toBe('AKIDLAB');
  });

  it('is a local endpoint with placeholder credentials', async () => {
    const place = { region: 'us-east-1', endpoint: 'http://127.0.0.1:4560' };
    expect(endpointOf(place)).toBe(place.endpoint);
    const { accessKeyId, secretAccessKey } = await clientAt(place).config.credentials();
    expect([accessKeyId, secretAccessKey]).toEqual(['AKIDCONFORMANCE', 'none']);
  });
});

describe('the arguments of the command line', () => {
  const tokens = ['--token-host', tokenOf({ sub: 'ada' }), '--token-viewer', tokenOf({ sub: 'linus' })];

  it('select Chime alone, both, or the stack alone', () => {
    const stack = ['--stack-url', 'https://live.example/', ...tokens];
    const parts = (...args: string[]) => {
      const choice = readArguments(args);
      return [choice?.place?.profile, choice?.place !== undefined, choice?.stack?.url];
    };
    expect(parts()).toEqual([undefined, true, undefined]);
    expect(parts('--profile', 'lab')).toEqual(['lab', true, undefined]);
    expect(parts('--profile', 'lab', ...stack)).toEqual(['lab', true, 'https://live.example']);
    expect(parts(...stack)).toEqual([undefined, false, 'https://live.example']);
  });

  it('show help, or select a target', () => {
    expect(readArguments(['--help', '--profile', 'lab'])).toBeUndefined();
  });

  it('are confirmed by --yes or --endpoint, and by nothing else', () => {
    const isConfirmed = (...args: string[]) => readArguments(args)?.isConfirmed;
    expect(isConfirmed('--profile', 'lab')).toBe(false);
    expect(isConfirmed('--profile', 'lab', '--yes')).toBe(true);
    expect(isConfirmed('--endpoint', 'http://127.0.0.1:4560')).toBe(true);
  });
});

describe('invalid arguments of the command line', () => {
  it.each([
    [['--endpoint', 'http://chime.example'], '--endpoint: only an emulator on this machine'],
    [['--region', 'eu-west-1'], 'no API for meetings in eu-west-1'],
    [['--calls-per-second', '9'], '--calls-per-second: a whole number up to 8'],
    [['--meetings-quota', '301'], '--meetings-quota: a whole number up to 300'],
    [['--stack-url', 'http://live.example'], '--stack-url: tokens are sent by https only'],
    [['--stack-url', 'https://live.example'], '--token-host: --stack-url needs one'],
    [['--stack-url', 'https://live.example', '--token-host', 'hush'], 'a token is no JWT with a sub'],
    [['--porfile', 'lab'], "Unknown option '--porfile'"],
  ])('are refused with a message: %j', (args, words) => {
    expect(() => readArguments(args)).toThrow(words);
  });
});

describe('the name of the meeting of a stack test', () => {
  it('is unused, or the one that a token is valid for', () => {
    expect(nameFor([tokenOf({ sub: 'ada' })], 'run')).toBe('balcony-conformance-run');
    const ours = tokenOf({ sub: 'ada', meeting: 'balcony-conformance-mine' });
    expect(nameFor([tokenOf({ sub: 'linus' }), ours], 'run')).toBe('balcony-conformance-mine');
  });

  it('is never that of a real event, because the test would end it', () => {
    expect(() => nameFor([tokenOf({ sub: 'ada', meeting: 'all-hands' })], 'run')).toThrow('one meeting only');
  });
});
