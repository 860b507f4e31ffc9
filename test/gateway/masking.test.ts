/** Whatever is wrong with a request, its answer has nothing of what was sent, and nothing of the inside. */
import { describe, expect, it } from 'vitest';
import { codesOf, startFront } from './front-gateway.ts';
import { rawRequest } from './raw-request.ts';

const front = await startFront();
const JSON_TYPE = { 'content-type': 'application/json' };
const INSIDE =
  /node_modules|\bat .*[jt]s:\d|127\.0\.0\.1|localhost|ECONN|FST_|HPE_|[Ff]astify|[Aa]pollo Server|Did you mean/;

describe('an operation that is not valid', () => {
  it.each([
    ['a text that does not parse', '{ pick(day: "CANARY" }'],
    ['a string in the wrong place', '{ pick "CANARY" }'],
    ['a number in the wrong place', '{ pick 8675309 }'],
    ['a text that never ends', '{ pick(day: "CANARY'],
    ['a block of text that never ends', '{ pick(day: """CANARY'],
    ['a number that is none', '{ pick(first: 12CANARY) }'],
    ['an escape that is none', '{ pick(day: "\\\\uCANARY") }'],
    ['a name in the wrong place', '{ pick(first: ) } CANARY'],
    ['a string for a number', '{ pick(first: "CANARY") }'],
    ['a number for a string', '{ pick(wish: { id: 1, names: [8675309] }) }'],
    ['a number that is too large', '{ pick(first: 8675309867530) }'],
    ['a string for an enum', '{ pick(day: "CANARY") }'],
    ['a name that is not of the enum', '{ pick(day: CANARY) }'],
    ['a string in an object', '{ pick(wish: { id: 1, count: "CANARY" }) }'],
    ['a string in a list in an object in an object', '{ pick(wish: { id: 1, more: [{ id: 2, count: "CANARY" }] }) }'],
    ['an object for a number', '{ pick(first: { a: "CANARY" }) }'],
    ['a list for a number', '{ pick(first: ["CANARY"]) }'],
    ['null where it must not be', '{ pick(wish: { id: null, names: ["CANARY"] }) }'],
    ['a default of the wrong type', 'query ($first: Int = "CANARY") { pick(first: $first) }'],
    ['a list for a boolean in a directive', '{ pick @include(if: ["CANARY"]) }'],
    ['a float for an int', '{ pick(first: 8675309.5) }'],
    ['a boolean that is a string', '{ pick(yes: "CANARY") }'],
    ['fields of one name with different values', '{ pick(first: 8675309) pick(first: 8675308) }'],
  ])('%s is told without the value', async (_what, query) => {
    const answer = await front.ask(query);
    expect(answer.body).not.toHaveProperty('data');
    expect(
      codesOf(answer).every((code) => code === 'GRAPHQL_PARSE_FAILED' || code === 'GRAPHQL_VALIDATION_FAILED'),
    ).toBe(true);
    expect(answer.text).not.toMatch(/CANARY|86753/);
    expect(answer.text).not.toMatch(INSIDE);
  });

  it.each([
    ['a field', '{ nod { id } }', 'Cannot query field \\"nod\\" on type \\"Query\\".'],
    ['an argument', '{ pick(firs: 1) }', 'Unknown argument \\"firs\\" on field \\"Query.pick\\".'],
    ['a type', '{ node { ... on Nodee { id } } }', 'Unknown type \\"Nodee\\".'],
    [
      'a field of an input',
      '{ pick(wish: { id: 1, coun: 2 }) }',
      'Field \\"coun\\" is not defined by type \\"Wish\\".',
    ],
    ['a value of an enum', '{ pick(day: MONDA) }', 'Expected a value of type \\"Day\\".'],
  ])('%s of a name that is almost right gets no suggestion', async (_what, query, told) => {
    const { text } = await front.ask(query);
    expect(text).toContain(told);
    expect(text).not.toMatch(INSIDE);
    expect(text).not.toMatch(/"node"|"first"|"count"|MONDAY/);
  });

  it('says what was expected and where', async () => {
    expect((await front.ask('{ node ( }')).body?.errors).toMatchObject([
      { message: 'Syntax error at line 1, column 10: expected Name.', extensions: { code: 'GRAPHQL_PARSE_FAILED' } },
    ]);
    expect((await front.ask('{ pick(first: "CANARY") }')).body?.errors).toMatchObject([
      { message: 'Expected a value of type "Int".', locations: [{ line: 1, column: 15 }] },
    ]);
  });

  it('has ten errors at most, however much of it is wrong', async () => {
    const answer = await front.ask(`{ ${Array.from({ length: 100 }, (_, index) => `no${index}`).join(' ')} }`);
    expect(answer.body?.errors?.length).toBeLessThanOrEqual(11);
  });
});

describe('variables that do not hold', () => {
  it.each([
    ['a variable', 'query ($first: Int) { pick(first: $first) }', { first: 'CANARY' }],
    [
      'one of an input',
      'query ($wish: Wish) { pick(wish: $wish) }',
      { wish: { id: '1', more: [{ count: 'CANARY' }] } },
    ],
    ['a field that is not there', 'query ($wish: Wish) { pick(wish: $wish) }', { wish: { id: '1', CANARY: 1 } }],
    ['an enum', 'query ($day: Day) { pick(day: $day) }', { day: 'CANARY' }],
  ])('%s: told without the value', async (_what, query, variables) => {
    const answer = await front.ask(query, { variables });
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.body).not.toHaveProperty('data');
    expect(answer.text).not.toContain('CANARY');
    expect(answer.text).not.toMatch(INSIDE);
  });
});

describe('an operation that is not there', () => {
  it.each([
    ['a name that none has', '{ node { id } }', 'CANARY'],
    ['no name where there are two', 'query A { node { id } } query B { node { id } }', null],
    ['a document of fragments', 'fragment CANARY on Node { id }', null],
  ])('%s is a bad operation, not a failure of ours', async (_what, query, operationName) => {
    const answer = await front.ask(query, { operationName });
    expect(answer.status).toBe(200);
    expect(codesOf(answer)).not.toContain('INTERNAL_SERVER_ERROR');
    expect(answer.body).not.toHaveProperty('data');
    expect((await front.ask(query, { operationName, headers: GRAPHQL_RESPONSE })).status).toBe(400);
  });

  it('keeps the code of what else is wrong', async () => {
    const fields = Array.from({ length: 301 }, () => 'id').join(' ');
    const answer = await front.ask(`{ node { ${fields} } }`, { operationName: 'CANARY' });
    expect(codesOf(answer)).toEqual(['LIMIT_FIELDS']);
    expect(answer.text).not.toContain('CANARY');
  });
});

describe('what carries no operation', () => {
  const empty = { method: 'POST', headers: JSON_TYPE };
  const withBody = (body: object) => ({ ...empty, body: JSON.stringify(body) });
  it.each([
    ['nothing', { method: 'POST' }, 'A page of another site could have sent this request: send "content-'],
    ['no body', empty, 'The request could not be read: expected HTTP with a body of valid JSON in UTF-8.'],
    ['an empty object', { ...empty, body: '{}' }, 'Expected a body of JSON, of type application/json, like'],
    ['a list', { ...empty, body: '[]' }, 'Expected one operation for each request.'],
    ['no text', withBody({ operationName: 'A' }), 'Expected an operation: its text in "query".'],
    ['a text that is none', withBody({ query: 1 }), 'Expected "query" to be a string: the text of an operation.'],
    ['a tree for a text', withBody({ query: { kind: 'Document' } }), 'Expected "query" to be a string'],
    ['variables as text', withBody({ query: '{ pick }', variables: '{}' }), 'Expected "variables" to be an object'],
    ['variables as a list', withBody({ query: '{ pick }', variables: [] }), 'Expected "variables" to be an object'],
    ['extensions as text', withBody({ query: '{ pick }', extensions: '{}' }), 'Expected "extensions" to be an object'],
    ['a name that is none', withBody({ query: '{ pick }', operationName: 1 }), 'Expected "operationName" to be a str'],
    ['a GET of a browser', { path: '/graphql' }, 'A page of another site could have sent this request: send "content-'],
    ['a GET with no text', { path: '/graphql', headers: JSON_TYPE }, 'Expected an operation: its text in "query".'],
    ['a text twice', { path: '/graphql?query={a}&query={b}', headers: JSON_TYPE }, 'Expected each parameter'],
    ['variables of no JSON', { path: '/graphql?query={a}&variables={', headers: JSON_TYPE }, 'Expected "variables" to'],
    [
      'a GET of another type',
      { path: '/graphql?query={a}', headers: { 'content-type': 'text/xml' } },
      'A GET has no b',
    ],
    ['a change', { path: '/graphql?query=mutation{change}', headers: JSON_TYPE }, 'GET is for queries: send other'],
    [
      'an answer in XML',
      { ...withBody({ query: '{ pick }' }), headers: { ...JSON_TYPE, accept: 'text/xml' } },
      'Expected a client that takes application/json or',
    ],
  ])('%s is told in words of our own', async (_what, { method = 'GET', ...request }: Sent, told) => {
    const { status, body, text } = await front.send({ method, ...request });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body?.errors).toEqual([{ message: expect.any(String), extensions: { code: 'BAD_REQUEST' } }]);
    expect(body?.errors?.[0]?.message.slice(0, told.length)).toBe(told);
    expect(text).not.toMatch(/apollo server|csrf|\\n/i);
  });
});

const GRAPHQL_RESPONSE = { accept: 'application/graphql-response+json' };

describe('the status of a bad operation', () => {
  it.each([
    ['{ pick(', 'GRAPHQL_PARSE_FAILED'],
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    [`{ node { ${'child { '.repeat(10)}id${' }'.repeat(10)} } }`, 'LIMIT_DEPTH'],
    ['query ($first: Int!) { pick(first: $first) }', 'BAD_USER_INPUT'],
  ])('%s is 200 as application/json, 400 as application/graphql-response+json', async (query, code) => {
    const json = await front.ask(query, { headers: { accept: 'application/json' } });
    expect([json.status, codesOf(json)]).toEqual([200, [code]]);
    const response = await front.ask(query, { headers: GRAPHQL_RESPONSE });
    expect([response.status, codesOf(response)]).toEqual([400, [code]]);
    expect(response.headers.get('content-type')).toContain('application/graphql-response+json');
  });
});

describe('what is no operation', () => {
  it.each([
    ['a path that does not decode', { path: '/%zzCANARY' }, 400],
    ['a path that is not there', { path: '/CANARY?CANARY=1' }, 404],
    ['a body that is no JSON', { headers: JSON_TYPE, body: '{"query": CANARY' }, 400],
    ['a body that would change prototypes', { headers: JSON_TYPE, body: '{"__proto__": {"CANARY": 1}}' }, 400],
    ['a body of another type', { headers: { 'content-type': 'application/CANARY' }, body: 'CANARY' }, 415],
    ['a body of a type that is none', { headers: { 'content-type': 'CANARY' }, body: 'CANARY' }, 415],
    [
      'a form with a file',
      { headers: { 'content-type': 'multipart/form-data; boundary=CANARY' }, body: '--CANARY--' },
      415,
    ],
    ['another method', { method: 'PUT', headers: JSON_TYPE, body: '{"CANARY": 1}' }, 405],
    [
      'variables that are no object',
      { headers: JSON_TYPE, body: '{"query": "{ __typename }", "variables": "CANARY"}' },
      400,
    ],
    [
      'a media type that is not served',
      { headers: { ...JSON_TYPE, accept: 'text/CANARY' }, body: '{"query": "{ __typename }"}' },
      406,
    ],
  ])('%s is refused in words of our own', async (_what, { method = 'POST', ...request }: Sent, status) => {
    const answer = await front.send({ method, ...request });
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain('CANARY');
    expect(answer.text).not.toMatch(INSIDE);
    expect(answer.body?.errors).toMatchObject([
      { message: expect.any(String), extensions: { code: expect.any(String) } },
    ]);
    expectSafeHeaders(answer.headers);
  });

  it.each([
    [
      'a length that is none',
      'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: CANARY\r\n\r\n',
      400,
    ],
    ['two lengths', 'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}', 400],
    [
      'a length and chunks',
      'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['no host', 'GET /graphql HTTP/1.1\r\n\r\n', 400],
    ['a method that is none', 'CANARY /graphql HTTP/1.1\r\nhost: a\r\n\r\n', 400],
    ['a header that is none', 'GET /graphql HTTP/1.1\r\nhost: a\r\nCANARY\r\n\r\n', 400],
    ['what is no HTTP', '\x16\x03\x01\x02CANARY', 400],
    ['headers without end', `GET /graphql HTTP/1.1\r\nhost: a\r\nx: ${'CANARY'.repeat(5_000)}\r\n\r\n`, 431],
    [
      'a chunk that says too much',
      `POST /graphql HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n1;${'a'.repeat(20_000)}\r\n`,
      413,
    ],
  ])('%s is refused in words of our own, and the server goes on', async (_what, text, status) => {
    const said = await rawRequest(front.url, text);
    expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    // without a host Node answers by itself, and says nothing that could be kept
    expect(!said.includes('{') || said.includes('\r\ncache-control: no-store\r\n')).toBe(true);
    expect(said).not.toContain('CANARY');
    expect(said).not.toMatch(INSIDE);
    expect((await front.ask('{ __typename }')).body).toEqual({ data: { __typename: 'Query' } });
  });

  it('a hundred requests on one connection are answered one after the other', async () => {
    const body = '{"query":"{ __typename }"}';
    const one = (connection: string) =>
      `POST /graphql HTTP/1.1\r\nhost: a\r\nconnection: ${connection}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const said = await rawRequest(front.url, one('keep-alive').repeat(99) + one('close'), 5_000);
    expect(said.split('HTTP/1.1 200 OK')).toHaveLength(101);
  });
});

interface Sent {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

function expectSafeHeaders(headers: Headers): void {
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
}

describe('every answer', () => {
  it.each([
    ['of the graph', { method: 'POST', headers: JSON_TYPE, body: '{"query":"{ __typename }"}' }],
    ['of health', { path: '/health/live', method: 'GET' }],
    ['that refuses', { path: '/nothing', method: 'GET' }],
    ['to another method', { method: 'DELETE' }],
  ])('%s may not be kept, framed, run, or told of', async (_what, request: Sent) => {
    const { headers } = await front.send(request);
    expectSafeHeaders(headers);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
  });
});

describe('a subgraph of anybody’s', () => {
  const failing = (extensions: object) =>
    startFront(
      {},
      {
        transport: {
          async call() {
            const errors = [{ message: 'CANARY at db.internal:5432', path: ['fails'], extensions }];
            return { status: 200, body: JSON.stringify({ data: { fails: null }, errors }) };
          },
        },
      },
    );

  it.each([
    [{}, 'INTERNAL_SERVER_ERROR'],
    [{ code: 'DB_CANARY' }, 'INTERNAL_SERVER_ERROR'],
    [{ code: 'INTERNAL_SERVER_ERROR', id: 'CANARY' }, 'INTERNAL_SERVER_ERROR'],
    [{ code: 'GRAPHQL_VALIDATION_FAILED' }, 'INTERNAL_SERVER_ERROR'],
    [{ code: 'LIMIT_DEPTH' }, 'INTERNAL_SERVER_ERROR'],
    [{ code: 'NOT_FOUND', fields: ['CANARY'], id: 'CANARY', stacktrace: ['CANARY'] }, 'NOT_FOUND'],
    [{ code: 'BAD_USER_INPUT', exception: { stacktrace: ['CANARY'] } }, 'BAD_USER_INPUT'],
  ])('with %o has a code that everybody knows, and none of its words', async (extensions, code) => {
    const { ask } = await failing(extensions);
    const answer = await ask('{ fails node { id } }');
    expect(answer.status).toBe(200);
    expect(answer.body?.data).toMatchObject({ fails: null });
    expect(codesOf(answer)).toEqual([code]);
    expect(answer.text).not.toMatch(/CANARY|db\.internal|5432/);
  });
});
