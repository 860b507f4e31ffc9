/** The sandbox as a person uses it, in Chromium. */
import { parse } from 'graphql';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { canonicalHash } from '../../gateway/operations/persisted/canonical-text.ts';
import { sha256Of } from '../../gateway/operations/persisted/operation-id.ts';
import { publishList } from '../../gateway/store/publish-lists.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { demoStaff } from '../../subgraphs/kernel/demo/staff.ts';
import { addApp, HEARD, letIn, tokenOf } from '../kit/apps.ts';
import { barriers, CHROMIUM, NEEDS_CHROMIUM, openBrowser, openPage, outside } from '../kit/browser.ts';
import { type Graph, startGraph } from '../kit/graph.ts';

const BEA = 'data-lead@birchwood.example';
/** A busy machine is no fault. */
const BUSY = { timeout: 120_000 };
const PATIENT = { timeout: 60_000 };

async function openSandbox(browser: Browser, { url }: Graph, options = {}) {
  const opened = await openPage(browser, { viewport: { width: 1440, height: 900 }, ...options });
  await opened.page.goto(`${url}/sandbox`);
  await opened.page.waitForSelector('.graphiql-query-editor .monaco-editor', PATIENT);
  return opened;
}

const signedInAs = (page: Page, text: string) => page.waitForSelector(`#who:has-text("${text}")`, PATIENT);

async function signIn(page: Page, email: string) {
  await page.selectOption('#person', email);
  await page.click('#sign-in button');
  await signedInAs(page, 'Signed in: ');
}

/** Once it stands in the editor. */
async function openExample(page: Page, title: string, has: string) {
  await page.selectOption('#example', { label: title });
  await page.click('#open-example button');
  await page.waitForSelector(`.graphiql-query-editor .view-lines:has-text("${has}")`, PATIENT);
}

/** The answer, once it holds a text. */
async function run(page: Page, has: string): Promise<string> {
  await page.click('.graphiql-execute-button');
  await page.waitForFunction(
    (text) =>
      Reflect.get(globalThis, 'monaco')
        .editor.getModels()
        .some(
          (model: { uri: { path: string }; getValue(): string }) =>
            model.uri.path.endsWith('response.json') && model.getValue().includes(text),
        ),
    has,
    PATIENT,
  );
  return page.evaluate(() =>
    Reflect.get(globalThis, 'monaco')
      .editor.getModels()
      .find((model: { uri: { path: string } }) => model.uri.path.endsWith('response.json'))
      .getValue(),
  );
}

/** All that this origin has stored in the browser, as text. */
const stored = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const here = globalThis as unknown as {
      localStorage: object;
      sessionStorage: object;
      indexedDB: { databases(): Promise<object[]> };
      caches: { keys(): Promise<string[]> };
      document: { cookie: string };
    };
    const parts = [
      { ...here.localStorage },
      { ...here.sessionStorage },
      await here.indexedDB.databases(),
      await here.caches.keys(),
      here.document.cookie,
    ];
    return JSON.stringify(parts);
  });

describe.skipIf(!CHROMIUM)(`the sandbox in Chromium${NEEDS_CHROMIUM}`, BUSY, () => {
  let graph: Graph;
  let browser: Browser;

  beforeAll(async () => {
    [graph, browser] = await Promise.all([startGraph(), openBrowser()]);
  });

  it('signs in Birchwood’s data lead, runs Guests, and shows its rows, without a word to another host', async () => {
    const { page, requested, complaints } = await openSandbox(browser, graph);
    await signIn(page, BEA);
    expect(await page.textContent('#who')).toBe('Signed in: Bea Birchall, data lead, Birchwood Sixth Form College');
    await openExample(page, 'Guests of a teaching school', 'Guests');
    const answer = JSON.parse(await run(page, '"displayName"'));
    expect(answer.errors).toBeUndefined();
    expect(answer.data.guestProfiles.nodes.length).toBeGreaterThan(1);
    expect(await page.textContent('.graphiql-response .view-lines')).toContain('Birchwood');
    expect(requested.length).toBeGreaterThan(8);
    expect(outside(requested, graph.url)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await barriers(page)).toEqual([]);
  });

  it('shows in its documentation the scopes of a field, and what guests’ schools have of it', async () => {
    const { page } = await openSandbox(browser, graph);
    await page.click('.graphiql-sidebar button[aria-label*="ocumentation"]');
    await page.click('.graphiql-doc-explorer-content >> text="GuestProfile"');
    await page.click('.graphiql-doc-explorer-content >> text="address"');
    const text = await page.textContent('.graphiql-doc-explorer-content');
    expect(text).toContain('students:address');
    expect(text).toMatch(/Guests: seen, not edited \(HOME_OWNED\)/);
    expect(await barriers(page)).toEqual([]);
  });

  it('runs an edit that is refused, and says which field and why', async () => {
    const { page } = await openSandbox(browser, graph);
    await openExample(page, 'An edit that is refused', 'RefusedEdit');
    const { errors } = JSON.parse(await run(page, 'GUEST_FIELD_VIEW_ONLY'));
    expect(errors[0].extensions.fields).toEqual([
      { field: 'emergencyContacts', access: 'VIEW', reason: 'SAFETY_FLOOR' },
    ]);
  });

  it('shows what an operation costs and how it is planned while that is wanted, beside the answer and not in it', async () => {
    const { page, complaints } = await openSandbox(browser, graph);
    await openExample(page, 'One guest, by id', 'Guest');
    expect(await run(page, '"displayName"')).not.toContain('"cost"');
    await page.click('#explained summary');
    expect(await run(page, '"displayName"')).not.toMatch(/"cost"|queryPlan/);
    await page.waitForSelector('#cost:text-matches("^Cost: [1-9][0-9]+$")', PATIENT);
    const plan = await page.textContent('#plan');
    expect(plan).toMatch(/^QueryPlan \{[\s\S]*Fetch\(service: "shared-teaching"\)[\s\S]*Fetch\(service: "students"\)/);
    expect(plan).not.toContain('guestGrant');
    expect(await barriers(page)).toEqual([]);
    await openExample(page, 'An absence note, which is allowed', 'AbsenceNote');
    await page.check('#plan-only');
    expect(JSON.parse(await run(page, '"data": null'))).toEqual({ data: null });
    await page.waitForSelector('#plan:has-text("addAbsenceNote")', PATIENT);
    expect(complaints).toEqual([]);
  });

  it('has what the signed-in client published, and runs it by its id, also for an app that may send no text', async () => {
    const { page, complaints } = await openSandbox(browser, graph);
    const sent: string[] = [];
    page.on('request', (request) => void sent.push(request.postData() ?? ''));
    const useToken = async (token: string, says: string) => {
      await page.fill('#token', token);
      await page.press('#token', 'Enter');
      await signedInAs(page, says);
      await page.waitForSelector('#open-listed:visible', PATIENT);
    };
    const openListed = async (label: string, has: string) => {
      await page.selectOption('#listed', { label });
      await page.click('#open-listed button');
      await page.waitForSelector(`.graphiql-query-editor .view-lines:has-text("${has}")`, PATIENT);
    };
    expect(await page.isVisible('#open-listed')).toBe(false);
    await useToken(
      await graph.tokenFor({ ...demoStaff(BEA), client: { name: 'web', version: null } }),
      'Signed in: Bea Birchall',
    );
    await openListed('Roster (1.0.0)', 'query Roster');
    expect(await run(page, '"displayName"')).not.toContain('errors');
    expect(sent.filter((body) => body.includes('query Roster'))).toEqual([]);
    expect(sent.filter((body) => /^\{"documentId":"[\da-f]{64}"/.test(body))).toHaveLength(1);
    expect(await barriers(page)).toEqual([]);

    const app = await addApp(graph.database, { mode: 'require-id' });
    await letIn(graph.database, { client: app.name, school: '900002', scopes: ['schools:read', 'courses:read'] });
    const [version, text] = ['1', 'query Q { courses(first: 1) { nodes { name } } }'];
    const operations = [{ id: sha256Of(text), name: 'Q', text, hash: canonicalHash(parse(text)) }];
    await asAdmin(graph.database.adminUrl, (admin) => publishList(admin, { client: app.name, version, operations }));
    const token = await vi.waitFor(() => tokenOf(graph.url, app), HEARD);
    await useToken(token, 'Signed in with a token');
    expect(await page.locator('#listed option').allTextContents()).toEqual(['Q (1)']);
    await openListed('Q (1)', 'query Q');
    expect(JSON.parse(await run(page, '"courses"')).data.courses.nodes).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it('says for whom an example is, and what opening it does while another is signed in', async () => {
    const { page } = await openSandbox(browser, graph);
    const note = () => page.textContent('#example-says');
    expect(await note()).toMatch(/^Open signs in as Bea Birchall\. /);
    await signIn(page, BEA);
    expect(await note()).toMatch(/^As Bea Birchall\. /);
    await page.selectOption('#person', 'support@schoolgraph.example');
    await page.click('#sign-in button');
    await signedInAs(page, 'Sam Supporter');
    expect(await note()).toMatch(/^Open signs in as Bea Birchall\. /);
  });

  it('stores no variable, header, token or answer, and no operation that holds a string', async () => {
    const { page } = await openSandbox(browser, graph);
    await openExample(page, 'An absence note, which is allowed', 'AbsenceNote');
    const answer = JSON.parse(await run(page, '"absenceNote"'));
    const { id, text } = answer.data.addAbsenceNote.absenceNote;
    expect(text).toBe('Dentist');
    // GraphiQL stores half a second after a change
    await page.waitForTimeout(1_500);
    const kept = await stored(page);
    expect(kept).toContain('mutation AbsenceNote');
    expect(kept).not.toMatch(/Dentist|gst_|Bearer|eyJ|Birchwood|Birchall/);
    expect(kept).not.toContain(id);
    await openExample(page, 'Guests of a teaching school', 'Guests');
    await page.evaluate(() => {
      const { editor } = Reflect.get(globalThis, 'monaco');
      const model = editor
        .getModels()
        .find((each: { uri: { path: string } }) => each.uri.path.endsWith('operation.graphql'));
      model.setValue('query ByName { schools(search: "Kestrelname") { nodes { name } } }');
      const headers = editor
        .getModels()
        .find((each: { uri: { path: string } }) => each.uri.path.endsWith('request-headers.json'));
      headers.setValue('{ "x-kestrel": "Kestrelheader" }');
    });
    await page.waitForTimeout(1_500);
    expect(await stored(page)).not.toMatch(/Kestrel/);
  });

  it('forgets who is signed in with the page, and keeps the texts of operations', async () => {
    const { page } = await openSandbox(browser, graph);
    await openExample(page, 'Students at home', 'Home');
    await signedInAs(page, 'Ada Alderson');
    await page.waitForTimeout(1_500);
    await page.reload();
    await page.waitForSelector('.graphiql-query-editor .view-lines:has-text("Home")', PATIENT);
    expect(await page.textContent('#who')).toBe('Not signed in');
    expect(await page.url()).toBe(`${graph.url}/sandbox`);
    expect(await run(page, 'UNAUTHORIZED')).not.toContain('displayName');
  });

  it('takes a token that is pasted, says so where it does not hold, and signs out', async () => {
    const { page } = await openSandbox(browser, graph);
    await page.fill('#token', 'not-a-token');
    await page.click('#use-token button');
    await signedInAs(page, 'Not signed in: the graph did not take the token');
    expect(await page.isVisible('#sign-out')).toBe(false);
    await page.fill('#token', await graph.tokenFor('teacher@alder.example'));
    await page.press('#token', 'Enter');
    await signedInAs(page, 'Signed in: Tom Alderton, teacher, Alder Grove School');
    expect(await page.inputValue('#token')).toBe('');
    await page.click('#sign-out');
    await page.waitForSelector('#who:text-is("Not signed in")', PATIENT);
    expect(await page.isVisible('#sign-out')).toBe(false);
  });

  it('is used by keyboard, in the dark and on a narrow screen', async () => {
    const { page, complaints } = await openSandbox(browser, graph, {
      viewport: { width: 400, height: 800 },
      colorScheme: 'dark',
    });
    await page.focus('#person');
    await page.keyboard.type('Bea');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await signedInAs(page, 'Signed in: Bea Birchall');
    expect(await barriers(page)).toEqual([]);
    await openExample(page, 'One guest, by id', 'Guest');
    await run(page, '"displayName"');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
