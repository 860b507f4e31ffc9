/** The front over HTTP: who is turned away at the door, with what status, and nothing of what was sent. */
import { describe, expect, it } from 'vitest';
import { issueToken } from '../../gateway/auth/access-token.ts';
import { newSecrets } from '../../subgraphs/kernel/database/secrets.ts';
import { demoStaff } from '../../subgraphs/kernel/demo/staff.ts';
import { startGraph } from '../kit/graph.ts';

const graph = await startGraph();
const EMAIL = 'data-lead@birchwood.example';
const CANARY = 'CANARY';

const good = await graph.tokenFor(EMAIL);
const [header = '', payload = '', signature = ''] = good.split('.');
const ofAnotherKey = await issueToken(newSecrets().tokenKey, demoStaff(EMAIL), graph.clock.now());
const DAY = 24 * 60 * 60 * 1000;
const unsigned = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`;

interface Sent {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

async function send({ path = '/graphql', method = 'POST', headers = {}, body }: Sent) {
  const response = await fetch(`${graph.url}${path}`, { method, headers, ...(body !== undefined && { body }) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const VIEWER = '{ viewer { name } }';
const asked = (query: string) => `/graphql?${new URLSearchParams({ query })}`;

describe('a credential that does not hold', () => {
  it.each([
    ['another scheme', 'Basic Q0FOQVJZOkNBTkFSWQ=='],
    ['no token', 'Bearer'],
    ['a token that is none', `Bearer ${CANARY}`],
    ['two tokens', `Bearer ${good} ${good}`],
    ['a token of another key', `Bearer ${ofAnotherKey}`],
    ['a token with another’s signature', `Bearer ${header}.${payload}.${ofAnotherKey.split('.')[2]}`],
    ['a token with another’s payload', `Bearer ${header}.${ofAnotherKey.split('.')[1]}x.${signature}`],
    ['an unsigned token', `Bearer ${unsigned}`],
  ])('%s answers 401, says how to sign in, and does not say what was wrong', async (_kind, authorization) => {
    const body = JSON.stringify({ query: VIEWER });
    const answer = await send({ headers: { ...JSON_TYPE, authorization }, body });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(JSON.parse(answer.text)).toEqual({
      errors: [
        {
          message:
            'The access token is not valid: expected "Authorization: Bearer" and a token of this graph that is in date.',
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    });
  });

  it('a token out of date answers the same', async () => {
    const { tokenFor, clock } = graph;
    const token = await tokenFor(EMAIL);
    clock.advance(DAY);
    const answer = await send({
      headers: { ...JSON_TYPE, authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: VIEWER }),
    });
    clock.advance(-DAY);
    expect(answer.status).toBe(401);
  });
});

describe('a request that is no operation', () => {
  it.each([
    ['a body that is no JSON', { headers: JSON_TYPE, body: `{"query": ${CANARY}` }, 400],
    ['an empty body', { headers: JSON_TYPE, body: '' }, 400],
    ['a body without a query', { headers: JSON_TYPE, body: `{"${CANARY}": 1}` }, 400],
    ['a text that does not parse', { headers: JSON_TYPE, body: JSON.stringify({ query: `{ ${CANARY}` }) }, 200],
    ['a batch', { headers: JSON_TYPE, body: JSON.stringify([{ query: VIEWER }]) }, 400],
    ['another path', { path: `/${CANARY}`, headers: JSON_TYPE, body: '{}' }, 404],
    ['another method', { method: 'DELETE', headers: { 'x-apollo-operation-name': 'x' } }, 405],
  ])('%s is refused without a stack or an echo', async (_kind, sent: Sent, status) => {
    const answer = await send(sent);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toMatch(/CANARY|node_modules|\bat .*\.[jt]s/);
    const { errors } = JSON.parse(answer.text) as { errors: { message: string; extensions: { code: string } }[] };
    expect(errors).toMatchObject([{ message: expect.any(String), extensions: { code: expect.any(String) } }]);
    for (const error of errors) expect(Object.keys(error.extensions)).toEqual(['code']);
  });
});

describe('what a form of another site could send', () => {
  const PREFLIGHTED = { 'apollo-require-preflight': 'true' };
  const authorization = `Bearer ${good}`;

  it('a query by GET is answered with a header that no form sends', async () => {
    const answer = await send({ method: 'GET', path: asked(VIEWER), headers: { ...PREFLIGHTED, authorization } });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ data: { viewer: { name: demoStaff(EMAIL).name } } });
  });

  it.each([
    ['a query by GET without it', { method: 'GET', path: asked(VIEWER) }, 400],
    ['a text/plain POST', { headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ query: VIEWER }) }, 400],
    [
      'a form',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `query=${encodeURIComponent(VIEWER)}` },
      415,
    ],
  ])('%s is refused', async (_kind, sent: Sent, status) => {
    const answer = await send({ ...sent, headers: { ...sent.headers, authorization } });
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain(demoStaff(EMAIL).name);
  });

  it('a mutation by GET is refused, whatever its headers', async () => {
    const mutation = 'mutation { deletePinnedItem(input: { id: "1" }) { userErrors { code } } }';
    const answer = await send({ method: 'GET', path: asked(mutation), headers: { ...PREFLIGHTED, authorization } });
    expect([400, 405]).toContain(answer.status);
    expect(JSON.parse(answer.text)).not.toHaveProperty('data');
  });
});
