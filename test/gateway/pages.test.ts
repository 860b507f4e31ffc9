/** Pages over HTTP: who gets them, and what a browser is told it may do with them. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DemoSignIn } from '../../gateway/pages/demo-sign-in.ts';
import { startReloadable } from './reloadable-gateway.ts';
import { smallGateway } from './small-gateway.ts';
import { composed } from './small-graph.ts';

const OURS = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
const PAGES = ['/', '/sandbox', '/sandbox/graph', '/sandbox/graph.svg', '/guest-access'] as const;

const DEMO: DemoSignIn = {
  people: [{ email: 'lead@school.example', name: '</script><b>Lead', role: 'DATA_LEAD', school: 'School' }],
  tokenFor: async (email) => (email === 'lead@school.example' ? 'a-token' : null),
};

/** Addresses of our graph without a demo, and of a graph of somebody else's with one. */
let ours: string;
let demo: string;

beforeAll(async () => {
  [ours, demo] = await Promise.all([smallGateway({ supergraph: OURS }), smallGateway({ demoSignIn: DEMO })]);
});

const statusesOf = async (url: string, paths: readonly string[] = PAGES): Promise<Record<string, number>> => {
  const answers = await Promise.all(paths.map(async (path) => [path, (await fetch(url + path)).status] as const));
  return Object.fromEntries(answers);
};

const policyOf = (response: Response): Map<string, string> =>
  new Map(
    (response.headers.get('content-security-policy') ?? '').split('; ').map((each) => {
      const [directive = '', ...sources] = each.split(' ');
      return [directive, sources.join(' ')];
    }),
  );

describe('which pages there are', () => {
  it('all of them for our graph', async () => {
    expect(await statusesOf(ours)).toEqual(Object.fromEntries(PAGES.map((path) => [path, 200])));
  });

  it('for a graph of somebody else’s the sandbox and the picture, without signing in and examples', async () => {
    expect(await statusesOf(demo)).toMatchObject({ '/sandbox': 200, '/sandbox/graph': 200, '/guest-access': 404 });
    const page = await (await fetch(`${demo}/sandbox`)).text();
    expect(page).not.toMatch(/id="(token|person|example)"/);
    expect(page).toContain('"examples":[]');
  });

  it('nothing that shows the schema where introspection is off', async () => {
    const url = await smallGateway({ supergraph: OURS, settings: { isProduction: true }, demoSignIn: DEMO });
    expect(await statusesOf(url)).toEqual({
      '/': 200,
      '/sandbox': 404,
      '/sandbox/graph': 404,
      '/sandbox/graph.svg': 404,
      '/guest-access': 200,
    });
    expect((await signIn(url)).status).toBe(404);
    const none = await smallGateway({ settings: { isProduction: true } });
    expect(await statusesOf(none, ['/', '/sandbox', '/sandbox/graph'])).toEqual({
      '/': 404,
      '/sandbox': 404,
      '/sandbox/graph': 404,
    });
  });

  it('an editor that shows nothing of the schema where introspection is for who is signed in', async () => {
    const settings = { isProduction: true, introspection: 'signed-in' } as const;
    const url = await smallGateway({ supergraph: OURS, settings });
    expect(await statusesOf(url)).toMatchObject({ '/sandbox': 200, '/sandbox/graph': 404, '/sandbox/graph.svg': 404 });
    const page = await (await fetch(`${url}/sandbox`)).text();
    expect(page).toContain('"signedInOnly":true');
    expect(page).not.toContain('guestProfiles');
  });

  it('the picture of the graph in use, after it was exchanged for another', async () => {
    const graph = (type: string) =>
      composed([{ name: 'one', typeDefs: `type Query { it: ${type} } type ${type} { id: ID }`, resolvers: {} }]);
    const { url, reload } = await startReloadable(graph('Before'), async () => ({ data: null, errors: [] }));
    const picture = async () => (await fetch(`${url}/sandbox/graph.svg`)).text();
    expect(await picture()).toContain('>Before</text>');
    await reload(graph('After'));
    expect(await picture()).toContain('>After</text>');
    expect(await picture()).not.toContain('>Before</text>');
  });
});

describe('what a browser may do with a page', () => {
  it.each(PAGES)(
    '%s is kept by nobody, framed by nobody, and tells nobody where its reader came from',
    async (path) => {
      const response = await fetch(ours + path);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      const policy = policyOf(response);
      expect(policy.get('default-src')).toBe("'none'");
      expect(policy.get('frame-ancestors')).toBe("'none'");
      expect(policy.get('base-uri')).toBe("'none'");
      expect(policy.get('form-action')).toBe("'none'");
      expect([...policy.values()].join(' ')).not.toMatch(/unsafe-eval|https?:|\*/);
    },
  );

  it.each(PAGES.filter((path) => path !== '/sandbox'))(
    '%s has no script at all, and no style but what is named',
    async (path) => {
      const policy = policyOf(await fetch(ours + path));
      expect(policy.has('script-src')).toBe(false);
      expect(policy.get('style-src')).not.toContain('unsafe');
    },
  );

  it('the sandbox runs scripts of this origin alone, and styles with a nonce that is new each time', async () => {
    const [first, second] = [policyOf(await fetch(`${ours}/sandbox`)), policyOf(await fetch(`${ours}/sandbox`))];
    expect(first.get('script-src')).toBe("'self'");
    expect(first.get('connect-src')).toBe("'self'");
    expect(first.get('style-src-elem')).toMatch(/^'self' 'nonce-[\w+/]{22}=='$/);
    expect(first.get('style-src-elem')).not.toBe(second.get('style-src-elem'));
  });

  it('names that come from elsewhere are text', async () => {
    const supergraph = OURS.replaceAll('"students"', JSON.stringify('"><script>alert(1)</script>'));
    const url = await smallGateway({ supergraph, demoSignIn: DEMO });
    for (const path of ['/sandbox', '/sandbox/graph', '/sandbox/graph.svg']) {
      const text = await (await fetch(url + path)).text();
      expect(text).not.toContain('<script>alert');
      expect(text).not.toContain('</script><b>');
    }
  });
});

describe('scripts and styles', () => {
  it('are kept for good, because their addresses change with them', async () => {
    const page = await (await fetch(`${ours}/sandbox`)).text();
    const addresses = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, address = '']) => address);
    expect(addresses.length).toBeGreaterThan(4);
    for (const address of addresses) {
      const response = await fetch(ours + address);
      expect([address, response.status]).toEqual([address, 200]);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('content-encoding')).toBe('gzip');
      expect(policyOf(response).get('default-src')).toBe("'none'");
    }
  });

  it.each(['/assets/x/sandbox.js', '/assets/../package.json', '/assets/graphiql-5.24.1/%2e%2e/secrets', '/assets/'])(
    'nothing else is served: %s',
    async (path) => {
      expect((await fetch(ours + path)).status).toBe(404);
    },
  );

  it('GOV.UK’s typeface and crest are not among them: they are for gov.uk alone', async () => {
    const page = await (await fetch(`${ours}/guest-access`)).text();
    const style = await (await fetch(ours + (/href="([^"]+govuk\.css)"/.exec(page)?.[1] ?? ''))).text();
    expect(style).toContain('.govuk-table');
    expect(style).not.toMatch(/GDS Transport|crest|@font-face|url\(/);
    expect(page).not.toMatch(/crown|govuk-logo/i);
  });
});

const signIn = (url: string, body = '{"email":"lead@school.example"}', headers: Record<string, string> = {}) =>
  fetch(`${url}/sandbox/token`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

describe('a token for the asking', () => {
  it('is given for a person of the demo, to a page of this origin', async () => {
    const response = await signIn(demo, undefined, { origin: demo, 'sec-fetch-site': 'same-origin' });
    expect([response.status, await response.json()]).toEqual([200, { token: 'a-token' }]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('is not there where the database is not a demo’s', async () => {
    expect((await signIn(ours)).status).toBe(404);
  });

  it.each([
    ['another origin', { origin: 'https://elsewhere.example' }],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
  ])('is not given to %s', async (_, headers) => {
    const response = await signIn(demo, undefined, headers);
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'is not given to a form: %s',
    async (type) => {
      expect((await signIn(demo, undefined, { 'content-type': type })).status).toBe(415);
    },
  );

  it.each(['{"email":"nobody@school.example"}', '{}', '[]', 'null', '{"email":{"$ne":""}}'])(
    'is not given for %s',
    async (body) => {
      expect((await signIn(demo, body)).status).toBe(404);
    },
  );

  it('is not given by GET', async () => {
    expect((await fetch(`${demo}/sandbox/token`)).status).toBe(404);
  });
});
