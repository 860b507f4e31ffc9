/** `/oauth/token`, and the two addresses beside it: RFC 6749, 4.4 and 5; RFC 8414; RFC 7517. */
import { createPublicKey, verify } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, type JWK } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { retireClient, rotateSecret } from '../../gateway/store/administer-clients.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { addApp, askToken, basic, HEARD, letIn, postForm, revoke, type TokenResponse } from '../kit/apps.ts';
import { startGraph } from '../kit/graph.ts';
import { testTelemetry } from '../kit/telemetry.ts';

const lines: string[] = [];
const telemetry = testTelemetry({ logLevel: 'trace', logTo: { write: (line) => void lines.push(line) } });
const graph = await startGraph({ telemetry });
const { database, url } = graph;
const BIRCHWOOD = '900002';
const CEDAR = '900003';
const SCOPES = ['schools:read', 'students:read', 'courses:read'];

const app = await addApp(database);
await letIn(database, { client: app.name, school: BIRCHWOOD, scopes: SCOPES });
const stranger = { ...app, name: 'nobody' };
const mistaken = { ...app, secret: `${app.secret.slice(0, -1)}${app.secret.endsWith('A') ? 'B' : 'A'}` };
await vi.waitFor(async () => expect((await askToken(url, app)).status).toBe(200), HEARD);

/** What a program that fails must be able to read, and a shared cache must not keep. */
function expectRefusal(answer: TokenResponse, status: number, error: string): void {
  expect({ status: answer.status, error: answer.body.error }, answer.text).toEqual({ status, error });
  expect(Object.keys(answer.body)).toEqual(['error', 'error_description']);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('pragma')).toBe('no-cache');
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
}

describe('an app', () => {
  it('gets a token for the one school that has let it in, of ten minutes, that says all of it', async () => {
    const { status, headers, body } = await askToken(url, app, { client_version: '2.1.0' });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'schools:read students:read courses:read',
    });
    const token = String(body.access_token);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: expect.any(String) });
    const { exp = 0, iat = 0, ...claims } = decodeJwt(token);
    expect(exp - iat).toBe(600);
    expect(claims).toEqual({
      iss: url.replace('127.0.0.1', 'localhost'),
      aud: 'schoolgraph-graph',
      sub: expect.any(String),
      jti: expect.any(String),
      client_id: app.name,
      client_version: '2.1.0',
      scope: body.scope,
      school: BIRCHWOOD,
      app_grant: expect.any(String),
    });
  });

  it('may send its credentials in the form', async () => {
    const form = { grant_type: 'client_credentials', client_id: app.name, client_secret: app.secret };
    expect((await postForm(url, form)).status).toBe(200);
  });

  it('may name the school, and fewer scopes', async () => {
    const { body } = await askToken(url, app, { school: BIRCHWOOD, scope: 'courses:read students:read' });
    expect(body.scope).toBe('students:read courses:read');
  });

  it('must say for which school where several have let it in', async () => {
    const busy = await addApp(database);
    for (const school of [BIRCHWOOD, CEDAR]) await letIn(database, { client: busy.name, school, scopes: SCOPES });
    const asked = await vi.waitFor(async () => {
      const answer = await askToken(url, busy);
      expect(answer.body.error).toBe('invalid_request');
      return answer;
    }, HEARD);
    expectRefusal(asked, 400, 'invalid_request');
    for (const school of [BIRCHWOOD, CEDAR])
      expect(decodeJwt(String((await askToken(url, busy, { school })).body.access_token)).school).toBe(school);
  });

  it('without an app grant in force gets none: for another school, one that is not there, none at all', async () => {
    const lonely = await addApp(database);
    const [ended, coming, revoked] = [await addApp(database), await addApp(database), await addApp(database)];
    await letIn(database, { client: ended.name, school: BIRCHWOOD, scopes: SCOPES, to: '2026-11-17' });
    await letIn(database, { client: coming.name, school: BIRCHWOOD, scopes: SCOPES, from: '2026-11-19' });
    const grant = await letIn(database, { client: revoked.name, school: BIRCHWOOD, scopes: SCOPES });
    // the gateway has heard of all of them: nothing is refused because it is not known yet
    await vi.waitFor(async () => expect((await askToken(url, revoked)).status).toBe(200), HEARD);
    await revoke(database, grant);
    await vi.waitFor(async () => expect((await askToken(url, revoked)).body.error).toBe('invalid_grant'), HEARD);
    const answers = [
      ...(await Promise.all([CEDAR, '123456', 'no-urn'].map((school) => askToken(url, app, { school })))),
      ...(await Promise.all([lonely, ended, coming, revoked].map((each) => askToken(url, each)))),
      await askToken(url, ended, { school: BIRCHWOOD }),
    ];
    for (const answer of answers) expectRefusal(answer, 400, 'invalid_grant');
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it('has no more than its app grant has, and no scope that is no app’s', async () => {
    const greedy = await addApp(database);
    const scopes = [...SCOPES, 'emergency:open', 'sharing:manage', 'access:manage', 'made:up'];
    await letIn(database, { client: greedy.name, school: BIRCHWOOD, scopes });
    const { body } = await vi.waitFor(async () => {
      const answer = await askToken(url, greedy);
      expect(answer.status).toBe(200);
      return answer;
    }, HEARD);
    expect(body.scope).toBe('schools:read students:read courses:read');
    for (const scope of ['students:health', 'emergency:open', 'made:up', 'students:read  courses:read', ' '])
      expectRefusal(await askToken(url, greedy, { scope }), 400, 'invalid_scope');
  });
});

describe('a secret', () => {
  it('and the one before it are good together, until that ends', async () => {
    const own = await addApp(database);
    await letIn(database, { client: own.name, school: BIRCHWOOD, scopes: SCOPES });
    const rotate = (until: Date) => asAdmin(database.adminUrl, (admin) => rotateSecret(admin, own.name, until));
    const statusOf = async (secret: string) => (await askToken(url, { ...own, secret })).status;
    const second = await rotate(new Date(graph.clock.now().getTime() + 60_000));
    await vi.waitFor(async () => expect(await statusOf(second)).toBe(200), HEARD);
    expect(await statusOf(own.secret)).toBe(200);
    const third = await rotate(graph.clock.now());
    await vi.waitFor(async () => expect(await statusOf(third)).toBe(200), HEARD);
    expect(await statusOf(second)).toBe(401);
    expect(await statusOf(own.secret)).toBe(401);
  });

  it('is in the database as a hash alone', async () => {
    const { rows } = await asAdmin(database.adminUrl, (admin) =>
      admin.query('select c::text as text from gateway.client c'),
    );
    for (const { text } of rows as { text: string }[])
      for (const part of [app.secret, app.secret.slice(5), Buffer.from(app.secret).toString('hex')])
        expect(text).not.toContain(part);
  });
});

describe('who is no client', () => {
  it('is answered alike, whatever is wrong', async () => {
    const retired = await addApp(database);
    await asAdmin(database.adminUrl, (admin) => retireClient(admin, retired.name));
    await vi.waitFor(async () => expect((await askToken(url, retired)).status).toBe(401), HEARD);
    const answers = await Promise.all(
      [stranger, mistaken, retired, { name: 'web', secret: app.secret }, { ...app, secret: `${app.secret} ` }].map(
        (each) => askToken(url, each),
      ),
    );
    for (const answer of answers) {
      expectRefusal(answer, 401, 'invalid_client');
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    }
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it.each([
    ['nothing', {}],
    ['a name alone', basic(app.name, '')],
    ['a token', { authorization: `Bearer ${app.secret}` }],
    ['what is no base64', { authorization: 'Basic *' }],
    ['an odd encoding', basic('%', app.secret)],
    ['no colon', { authorization: `Basic ${Buffer.from(app.name).toString('base64')}` }],
  ])('sends %s, and is told what is expected', async (_what, headers) => {
    expectRefusal(await postForm(url, { grant_type: 'client_credentials' }, headers), 401, 'invalid_client');
  });
});

describe('a request', () => {
  const good = basic(app.name, app.secret);

  it.each([
    ['no grant type', {}, 'invalid_request'],
    ['an empty one', { grant_type: '' }, 'invalid_request'],
    ['that of persons', { grant_type: 'authorization_code' }, 'unsupported_grant_type'],
    ['an odd version', { grant_type: 'client_credentials', client_version: 'v 1' }, 'invalid_request'],
    ['a version without end', { grant_type: 'client_credentials', client_version: '1'.repeat(65) }, 'invalid_request'],
    ['credentials twice', { grant_type: 'client_credentials', client_secret: app.secret }, 'invalid_request'],
    ['another client’s name', { grant_type: 'client_credentials', client_id: 'web' }, 'invalid_request'],
  ])('with %s is refused', async (_what, form, error) => {
    expectRefusal(await postForm(url, form, good), 400, error);
  });

  it('with a parameter twice is refused', async () => {
    for (const twice of ['school=900002&school=900003', 'scope=courses%3Aread&scope=students%3Aread', 'grant_type=x'])
      expectRefusal(await postForm(url, `grant_type=client_credentials&${twice}`, good), 400, 'invalid_request');
  });

  it('with the same name in the form, too, is served', async () => {
    expect((await askToken(url, app, { client_id: app.name })).status).toBe(200);
  });

  it('of another type than a form is refused', async () => {
    const json = await postForm(url, '{"grant_type":"client_credentials"}', {
      ...good,
      'content-type': 'application/json',
    });
    expectRefusal(json, 400, 'invalid_request');
  });

  it('of more than 8 KB is refused', async () => {
    const long = (bytes: number) => `grant_type=client_credentials&school=${'9'.repeat(bytes)}`;
    expectRefusal(await postForm(url, long(10_000), good), 413, 'invalid_request');
    expectRefusal(await postForm(url, long(8_000), good), 400, 'invalid_grant');
  });

  it.each(['GET', 'PUT', 'DELETE'])('by %s is refused', async (method) => {
    const response = await fetch(`${url}/oauth/token`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

it('a form is read at the token endpoint alone', async () => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'apollo-require-preflight': '1' },
    body: 'query={__typename}',
  });
  expect(response.status).toBe(415);
});

describe('who tries secrets', () => {
  it('is told to wait after ten of one client, and the app itself never', async () => {
    const tried = await addApp(database);
    await letIn(database, { client: tried.name, school: BIRCHWOOD, scopes: SCOPES });
    await vi.waitFor(async () => expect((await askToken(url, tried)).status).toBe(200), HEARD);
    const statusesOf = async (name: string) => {
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 12; attempt += 1)
        statuses.push((await askToken(url, { name, secret: `guess ${attempt}` })).status);
      return statuses;
    };
    expect(await statusesOf('no-such-app')).toEqual([...Array(10).fill(401), 429, 429]);
    // a try before the gateway knew of it counts, too
    expect((await statusesOf(tried.name)).slice(-2)).toEqual([429, 429]);
    const waiting = await askToken(url, { ...tried, secret: 'guess' });
    expectRefusal(waiting, 429, 'invalid_client');
    expect(Number(waiting.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await askToken(url, tried)).status).toBe(200);
  });
});

describe('what is told of it', () => {
  it('is how many tokens there were, and of those that there were not why; never a secret, a token, or a name', async () => {
    const { body } = await askToken(url, app);
    await askToken(url, mistaken);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/schoolgraph_tokens_requested_total\{token_outcome="issued"\} \d/);
    expect(metrics).toMatch(/schoolgraph_tokens_requested_total\{token_outcome="invalid_client"\} \d/);
    expect(lines.join('')).toContain('/oauth/token');
    for (const kept of [
      app.secret,
      mistaken.secret,
      basic(app.name, app.secret).authorization,
      body.access_token,
      app.name,
    ])
      for (const told of [metrics, ...lines]) expect(told).not.toContain(kept);
  });
});

describe('what programs find out', () => {
  it('is where and how tokens are given', async () => {
    const response = await fetch(`${url}/.well-known/oauth-authorization-server`);
    const origin = url.replace('127.0.0.1', 'localhost');
    expect(await response.json()).toEqual({
      issuer: origin,
      token_endpoint: `${origin}/oauth/token`,
      jwks_uri: `${origin}/.well-known/jwks.json`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      scopes_supported: expect.arrayContaining(['students:read']),
    });
  });

  it('is what a token can be checked with, and nothing private', async () => {
    const { keys } = (await (await fetch(`${url}/.well-known/jwks.json`)).json()) as { keys: JWK[] };
    expect(keys).toEqual([
      { kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: expect.any(String), use: 'sig', alg: 'EdDSA' },
    ]);
    const token = String((await askToken(url, app)).body.access_token);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const key = createPublicKey({ key: { ...keys[0] }, format: 'jwk' });
    expect(decodeProtectedHeader(token).kid).toBe(keys[0]?.kid);
    expect(verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
  });
});
