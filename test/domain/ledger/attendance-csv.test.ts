import { attendanceRecords, mostBytesOf } from '../../../lib/domain/ledger/attendance-csv.ts';
import fc from '../../support/random/property.ts';

const AT = '2030-05-01T17:42:03.118Z';
const interval = { from: AT, to: AT, on: 'audience', estimated: true };

describe('the size of a person in an answer', () => {
  it('is never more than was reckoned, as JSON or CSV, whatever the id', () => {
    const id = fc.string({ unit: fc.constantFrom(...`a"'=,\v\t\n«é `), minLength: 2, maxLength: 64 });
    fc.assert(
      fc.property(id, fc.integer({ min: 0, max: 300 }), (externalUserId, many) => {
        const person = {
          ...{ externalUserId, role: 'presenter', mediaRegion: 'ap-northeast-1' },
          ...{ intervals: Array.from({ length: many }, () => interval), seconds: 1e7, stageSeconds: 1e7 },
        };
        const inAnswer = (body: string) => Buffer.byteLength(JSON.stringify(body)); // Lambda answers JSON that holds the body
        const most = mostBytesOf(person);
        expect(inAnswer(JSON.stringify(person))).toBeLessThanOrEqual(most);
        expect(inAnswer(attendanceRecords([person]))).toBeLessThanOrEqual(most);
      }),
    );
  });
});
