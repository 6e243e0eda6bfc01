import { describePage } from './support/failure-report.ts';

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg';

const page = { name: 'ada', text: async () => 'Live\n\n  ada (you)', errors: [] as string[] };

describe('the report of a failed test', () => {
  it('shows the text of a page and what the page has logged', async () => {
    const report = await describePage({ ...page, errors: ['Failed to load resource: 409 (Conflict)'] });
    expect(report.split('\n')).toEqual([
      'The page of ada shows:',
      '    Live',
      '    ada (you)',
      'and has logged:',
      '    Failed to load resource: 409 (Conflict)',
    ]);
  });

  it('contains no token, wherever it comes from', async () => {
    const errors = [`WebSocket to 'ws://localhost:1/control/a?token=short' with ${TOKEN} failed`];
    const report = await describePage({ ...page, text: async () => `Token ${TOKEN}`, errors });
    expect(report).not.toMatch(/eyJzdWIi|c2lnbmF0|short/);
    expect(report).toContain("WebSocket to 'ws://localhost:1/control/a");
  });

  it('says so when a page is closed', async () => {
    const report = await describePage({ ...page, text: () => Promise.reject(new Error('closed')) });
    expect(report).toContain('Error: closed');
  });
});
