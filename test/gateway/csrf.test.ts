/** What a page of another site can make a browser send, and what it can read: types × methods × origins. */
import { describe, expect, it } from 'vitest';
import type { SubgraphTransport } from '../../gateway/engine/engine.ts';
import { codesOf, startFront } from './front-gateway.ts';

let calls = 0;
const counting: SubgraphTransport = {
  async call() {
    calls += 1;
    return { status: 200, body: '{"data":{"change":1,"pick":1}}' };
  },
};

const ALLOWED = 'https://staff.example';
const front = await startFront({ corsOrigins: [ALLOWED, 'http://localhost:5173'] }, { transport: counting });
const closed = await startFront({}, { transport: counting });

const QUERY = '{ pick }';
const MUTATION = 'mutation { change }';
const JSON_BODY = (query: string) => JSON.stringify({ query });

/** Bodies that a form, or a script without asking, can send (https://fetch.spec.whatwg.org/#cors-safelisted-request-header). */
const SIMPLE: readonly [string, string | undefined, (query: string) => string][] = [
  ['no type', undefined, JSON_BODY],
  ['text/plain', 'text/plain', JSON_BODY],
  ['text/plain with a parameter', 'text/plain; charset=utf-8; x="application/json"', JSON_BODY],
  ['TEXT/PLAIN', 'TEXT/PLAIN', JSON_BODY],
  ['a form', 'application/x-www-form-urlencoded', (query) => String(new URLSearchParams({ query }))],
  [
    'a form with files',
    'multipart/form-data; boundary=x',
    (query) => `--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n${query}\r\n--x--\r\n`,
  ],
];
const ORIGINS: readonly (string | undefined)[] = [undefined, 'null', 'https://evil.example', ALLOWED];

const bodyOf = (type: string | undefined, text: string) =>
  type === undefined ? new Uint8Array(Buffer.from(text)) : text;

describe('what needs no preflight', () => {
  const cases = SIMPLE.flatMap(([name, type, body]) =>
    ORIGINS.flatMap((origin) => [QUERY, MUTATION].map((query) => ({ name, type, origin, query, body: body(query) }))),
  );
  it.each(cases)('a POST with $name from $origin is refused: $query', async ({ type, origin, body }) => {
    const before = calls;
    const headers = { ...(type && { 'content-type': type }), ...(origin && { origin }) };
    const response = await fetch(`${front.url}/graphql`, { method: 'POST', headers, body: bodyOf(type, body) });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await response.text()).not.toContain('"data"');
    expect(calls).toBe(before);
  });

  const gets = ORIGINS.flatMap((origin) =>
    [undefined, 'text/plain', 'application/x-www-form-urlencoded'].map((type) => ({ origin, type })),
  );
  it.each(gets)('a query by GET from $origin with $type is refused', async ({ origin, type }) => {
    const before = calls;
    const answer = await front.send({
      path: `/graphql?${new URLSearchParams({ query: QUERY })}`,
      method: 'GET',
      headers: { ...(origin && { origin }), ...(type && { 'content-type': type }) },
    });
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['BAD_REQUEST']);
    expect(calls).toBe(before);
  });
});

describe('a mutation by GET', () => {
  it.each([
    { 'apollo-require-preflight': '1' },
    { 'content-type': 'application/json' },
    { 'x-apollo-operation-name': 'a' },
  ])('is refused with 405, with %o', async (headers) => {
    const before = calls;
    const answer = await front.send({
      path: `/graphql?${new URLSearchParams({ query: MUTATION })}`,
      method: 'GET',
      headers,
    });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
    expect(calls).toBe(before);
  });
});

describe('what a script may send', () => {
  it.each([
    ['JSON', { 'content-type': 'application/json' }, 200],
    ['JSON with a character set', { 'content-type': 'application/json; charset=utf-8' }, 200],
    [
      'text/plain, with a header that no form sends',
      { 'content-type': 'text/plain', 'apollo-require-preflight': '1' },
      400,
    ],
  ])('%s', async (_what, headers, status) => {
    expect((await front.send({ headers, body: JSON_BODY(QUERY) })).status).toBe(status);
  });
});

describe('a batch', () => {
  it.each([JSON.stringify([{ query: QUERY }]), JSON.stringify([{ query: QUERY }, { query: QUERY }]), '[]'])(
    'is refused: %s',
    async (body) => {
      const before = calls;
      const answer = await front.send({ headers: { 'content-type': 'application/json' }, body });
      expect(answer.status).toBe(400);
      expect(answer.body).not.toBeInstanceOf(Array);
      expect(calls).toBe(before);
    },
  );
});

describe('another method', () => {
  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])(
    '%s is refused with 405, and told which are served',
    async (method) => {
      const answer = await closed.send({ method, headers: { 'apollo-require-preflight': '1' } });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET, POST');
    },
  );
});

describe('a page of another origin', () => {
  const preflight = (origin: string, url = front.url) =>
    fetch(`${url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
      },
    });
  const post = (origin: string, url = front.url) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON_BODY(QUERY),
    });

  it.each([ALLOWED, 'http://localhost:5173'])('%s is named, and may call', async (origin) => {
    const asked = await preflight(origin);
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
    expect(asked.headers.get('access-control-allow-headers')).toBe(
      'authorization, content-type, apollo-require-preflight, x-apollo-operation-name, apollo-expose-query-plan',
    );
    expect(asked.headers.get('access-control-allow-methods')).toBe('GET, POST');
    const answer = await post(origin);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it.each([
    'https://evil.example',
    'null',
    'https://staff.example.evil.example',
    'https://evil-staff.example',
    'http://staff.example',
    'https://staff.example:8443',
    'https://sub.staff.example',
    'https://STAFF.example',
    'http://localhost',
    'http://localhost:51730',
  ])('%s is not named, and may read nothing', async (origin) => {
    for (const { headers } of [await preflight(origin), await post(origin)])
      expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('may send no cookies, whichever it is', async () => {
    for (const origin of [ALLOWED, 'https://evil.example'])
      expect((await preflight(origin)).headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('may read nothing where none is named', async () => {
    const asked = await preflight(ALLOWED, closed.url);
    expect(asked.status).toBe(405);
    for (const { headers } of [asked, await post(ALLOWED, closed.url)])
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});
