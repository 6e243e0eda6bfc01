import { prefersCsv } from '../../../lib/domain/access/accept.ts';

describe('a request for a list', () => {
  it.each([
    'text/csv',
    'TEXT/CSV',
    'text/csv; charset=utf-8',
    'text/csv, application/json;q=0.9',
    'text/*, application/json;q=0.5',
    'text/csv;q=0.1',
    'application/json;q=0, */*',
  ])('is answered with CSV if it says %s', (accept) => {
    expect(prefersCsv(accept)).toBe(true);
  });

  it.each([
    undefined,
    '',
    '*/*',
    'application/json',
    'text/csv, application/json',
    'text/csv;q=0.5, application/json;q=0.6',
    'text/csv;q=0, */*;q=0.1',
    'text/html, application/xhtml+xml, */*;q=0.8',
    'image/png',
    'text/csv;q=nonsense',
    'text/csvx',
  ])('is answered with JSON if it says %s', (accept) => {
    expect(prefersCsv(accept)).toBe(false);
  });
});
