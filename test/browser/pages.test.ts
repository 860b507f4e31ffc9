/** The pages for reading, in Chromium: they render, nobody is kept out, and nothing leaves this origin. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallGateway } from '../gateway/small-gateway.ts';
import { barriers, CHROMIUM, NEEDS_CHROMIUM, openBrowser, openPage, outside } from '../kit/browser.ts';

const OURS = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');

/** A busy machine is no fault. */
const PATIENT = { timeout: 120_000 };

const SCREENS = [
  { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 400, height: 800 }, colorScheme: 'dark' },
] as const;

describe.skipIf(!CHROMIUM)(`pages in Chromium${NEEDS_CHROMIUM}`, PATIENT, () => {
  let url: string;
  let browser: Browser;

  beforeAll(async () => {
    [url, browser] = await Promise.all([smallGateway({ supergraph: OURS }), openBrowser()]);
  });

  const READ = [
    { path: '/', heading: 'Schoolgraph' },
    { path: '/sandbox/graph', heading: 'The graph' },
    { path: '/guest-access', heading: 'What a teaching school sees of a guest student' },
  ];
  const cases = READ.flatMap((read) => SCREENS.map((screen) => ({ ...read, ...screen, width: screen.viewport.width })));

  it.each(cases)('$path, $width wide and $colorScheme, keeps nobody out and asks no other host', async (each) => {
    const { path, heading, width, viewport, colorScheme } = each;
    const { page, requested, complaints } = await openPage(browser, { viewport, colorScheme });
    await page.goto(url + path);
    expect(await page.textContent('h1')).toBe(heading);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    // the picture's colours are measured in a test of their own, and its table says the same
    expect(await barriers(page, 'svg.graph')).toEqual([]);
    expect(outside(requested, url)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('the picture shows our types, in colours of the page’s own style, and its text can be found', async () => {
    const { page } = await openPage(browser);
    await page.goto(`${url}/sandbox/graph`);
    const card = page.locator('svg.graph text.name', { hasText: /^GuestProfile$/ });
    expect((await card.boundingBox())?.height).toBeGreaterThan(8);
    expect(await page.evaluate('getComputedStyle(document.querySelector("svg.graph .badge")).fill')).toBe(
      'rgb(29, 112, 184)',
    );
    const row = page.locator('tbody tr:has(th code:text-is("GuestProfile"))');
    expect(await row.textContent()).toContain('emergencyContacts');
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
    const style = (selector: string, property: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}')).${property}`);
    expect(await style('thead', 'display')).toBe('table-header-group');
    expect(await style('tbody tr', 'breakInside')).toBe('avoid');
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
