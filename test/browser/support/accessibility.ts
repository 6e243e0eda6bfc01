import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** The axe violations of a page as it is now: the rule and the elements. */
export async function faultsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate('Boolean(globalThis.axe)'))) await page.addScriptTag({ content: axe.source });
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`);
}

/** Whether the page is wider than the window. */
export const overflows = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth > innerWidth') as Promise<boolean>;
