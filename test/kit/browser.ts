/** A real browser for a test file: Debian's Chromium, or the one that `CHROMIUM` names. */
import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { atEnd } from './at-end.ts';

const PLACES = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** Undefined where there is none: tests of pages skip, and say so. */
export const CHROMIUM = PLACES.find((path) => path !== '' && existsSync(path));

/** For the title of what skips without it. */
export const NEEDS_CHROMIUM = CHROMIUM ? '' : ' (skipped: no Chromium here; install it, or set CHROMIUM to its path)';

export async function openBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    ...(CHROMIUM && { executablePath: CHROMIUM }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  atEnd(() => browser.close());
  return browser;
}

/** A page, and what it did that a person does not see. */
interface WatchedPage {
  page: Page;
  /** Every address that it asked for, by itself or by a worker. */
  requested: string[];
  /** What the browser complained of: a policy that was broken, a script that failed, a file that did not come. */
  complaints: string[];
}

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const requested: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => requested.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => complaints.push(`Not loaded: ${request.url()}`));
  return { page, requested, complaints };
}

/** Addresses that are not of this origin. What a page carries inline (`data:`) goes nowhere. */
export const outside = (requested: readonly string[], origin: string): string[] =>
  requested.filter((address) => !address.startsWith(`${origin}/`) && !address.startsWith('data:'));

/** What axe finds that keeps people out: its rules by impact `serious` and `critical`. `without`: a part not looked into. */
export async function barriers(page: Page, without?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  const { violations } = await (without ? axe.exclude(without) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
