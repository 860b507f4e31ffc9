/** The pages for reading, in Chromium: they render, nobody is kept out, and nothing leaves this origin. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallGateway } from '../gateway/small-gateway.ts';
import { barriers, CHROMIUM, NEEDS_CHROMIUM, openBrowser, openPage, outside } from '../kit/browser.ts';

const OURS = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');

const SCREENS = [
  { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 400, height: 800 }, colorScheme: 'dark' },
] as const;

describe.skipIf(!CHROMIUM)(`pages in Chromium${NEEDS_CHROMIUM}`, () => {
  let url: string;
  let browser: Browser;

  beforeAll(async () => {
    [url, browser] = await Promise.all([smallGateway({ supergraph: OURS }), openBrowser()]);
  });

  it.each([
    ['/', 'Schoolgraph'],
    ['/sandbox/graph', 'The graph'],
    ['/guest-access', 'What a teaching school sees of a guest student'],
  ])('%s keeps nobody out, light and wide or dark and narrow', async (path, heading) => {
    for (const screen of SCREENS) {
      const { page, requested, complaints } = await openPage(browser, screen);
      await page.goto(url + path);
      expect(await page.textContent('h1')).toBe(heading);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(screen.viewport.width);
      expect(await barriers(page)).toEqual([]);
      expect(outside(requested, url)).toEqual([]);
      expect(complaints).toEqual([]);
    }
  });

  it('the picture shows our types, in colours of the page’s own style, and its text can be found', async () => {
    const { page } = await openPage(browser);
    await page.goto(`${url}/sandbox/graph`);
    const card = page.locator('svg.graph text.name', { hasText: /^GuestProfile$/ });
    expect((await card.boundingBox())?.height).toBeGreaterThan(8);
    const badge = page.locator('svg.graph rect.badge').first();
    expect(await badge.evaluate('element => getComputedStyle(element).fill')).toBe('rgb(29, 112, 184)');
    expect(await page.locator('table tbody tr', { hasText: 'GuestProfile' }).first().textContent()).toContain(
      'emergencyContacts',
    );
  });

  it('the picture by itself is well-formed', async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(`${url}/sandbox/graph.svg`);
    expect(await page.evaluate('document.documentElement.localName')).toBe('svg');
    expect(await page.locator('text.name').count()).toBeGreaterThan(40);
    expect(await page.evaluate('getComputedStyle(document.querySelector(".paper")).fill')).toBe('rgb(255, 255, 255)');
    expect(complaints).toEqual([]);
  });

  it('the matrix prints on A4: headings of columns again on each sheet, no row cut in two', async () => {
    const { page } = await openPage(browser);
    await page.goto(`${url}/guest-access`);
    await page.emulateMedia({ media: 'print' });
    expect(await page.isVisible('.sg-header')).toBe(false);
    expect(await page.locator('thead').first().evaluate('element => getComputedStyle(element).display')).toBe(
      'table-header-group',
    );
    expect(await page.locator('tbody tr').first().evaluate('element => getComputedStyle(element).breakInside')).toBe(
      'avoid',
    );
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sheets = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [
      Number(width),
      Number(height),
    ]);
    // A4 on its side, in points
    expect(sheets[0]?.map(Math.round)).toEqual([842, 595]);
    expect(sheets.length).toBeGreaterThan(1);
    expect(sheets.length).toBeLessThan(9);
  });
});
