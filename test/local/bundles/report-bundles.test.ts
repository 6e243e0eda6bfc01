import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportBundles } from '../../../local/bundles/report-bundles.ts';

let directory: string;

beforeEach(() => {
  mkdirSync('.local', { recursive: true });
  directory = mkdtempSync(join('.local', 'zips-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

/** Write a zip archive that has only its directory, because the report reads nothing else. */
function writeZip(file: string, names: string[]) {
  const entries = names.map((name) => {
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(name.length, 28);
    entry.write(name, 46);
    return entry;
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  const content = Buffer.alloc(2048);
  end.writeUInt32LE(content.length, 16);
  writeFileSync(join(directory, file), Buffer.concat([content, ...entries, end]));
}

describe('the report of the packaged bundles', () => {
  it('lists the size and the handler of each function', () => {
    writeZip('joinMeeting.zip', ['handlers/join-meeting.cjs']);
    expect(reportBundles(directory)).toEqual([
      expect.stringMatching(/2 KB {2}joinMeeting.zip {2}handlers\/join/),
    ]);
  });

  it.each([
    ['a stranger beside the handler', ['handlers/health.cjs', 'emulator/server.ts']],
    ['two handlers', ['handlers/health.cjs', 'handlers/openapi.cjs']],
    ['no handler', ['local/start.cjs']],
    ['nothing', []],
  ])('refuses %s', (_, names) => {
    writeZip('health.zip', names);
    expect(() => reportBundles(directory)).toThrow('health.zip must hold one handler only');
  });

  it('fails where no bundle was packaged', () => {
    expect(() => reportBundles(directory)).toThrow('holds no package');
  });
});
