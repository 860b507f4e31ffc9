/** Who may run which operation by id, by hash or by text, as clients over HTTP are told. */
import { parse, print } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SubgraphTransport } from '../../gateway/engine/engine.ts';
import { sha256Of } from '../../gateway/operations/persisted/operation-id.ts';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { callerAs } from '../kit/callers.ts';
import { testLists } from '../kit/operation-lists.ts';
import { type Answer, codesOf, FRONT_TRANSPORT, startFront } from './front-gateway.ts';

const NAME = 'query Name { node { ...Shown } } fragment Shown on Node { id name }';
const PICK = 'query Pick($first: Int!) { pick(first: $first) }';
const CHANGE = 'mutation Change { change }';
const OLD = 'query Old { node { id } }';
const OTHERS = 'query Others { node { name } }';

const FIRST = {
  web: { mode: 'log-unknown', versions: { '1.0.0': [NAME, PICK, CHANGE], '0.9.0': [OLD] } },
  free: { mode: 'open', versions: { '1.0.0': [OTHERS] } },
  listed: { mode: 'safelist', versions: { '1.0.0': [NAME, CHANGE] } },
  partner: { mode: 'require-id', versions: { '1.0.0': { 'names.v1': NAME } } },
} as const;

const lists = await testLists(FIRST);

let calls = 0;
const transport: SubgraphTransport = {
  call(...call) {
    calls += 1;
    return FRONT_TRANSPORT.call(...call);
  },
};

/** `client@version`, of one person unless another is named after a `#`; nothing after the `@` where it says no version. */
async function authenticate(authorization: string | undefined): Promise<Caller | null> {
  const found = /^Bearer (\w*)@([\w.]*)(?:#(\w+))?$/.exec(authorization ?? '');
  if (!found) return null;
  const [, name = '', version = '', person = 'una'] = found;
  const caller = callerAs('DATA_LEAD', '900002', person);
  return { ...caller, client: name === '' ? null : { name, version: version || null } };
}

const front = await startFront({}, { transport, authenticate, operationLists: lists });

const JSON_TYPE = { 'content-type': 'application/json' };

function post(who: string | null, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const authorization = who === null ? {} : { authorization: `Bearer ${who}` };
  return front.send({ headers: { ...JSON_TYPE, ...authorization, ...headers }, body: JSON.stringify(body) });
}

function get(who: string | null, path: string, headers: Record<string, string> = { 'apollo-require-preflight': '1' }) {
  const authorization = who === null ? {} : { authorization: `Bearer ${who}` };
  return front.send({ method: 'GET', path, headers: { ...authorization, ...headers } });
}

const hashed = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256Of(text) } });
const param = (value: object) => encodeURIComponent(JSON.stringify(value));

const NODE = { data: { node: { id: '1', name: 'Demo' } } };

/** Refused with this code, and no subgraph was called. */
function expectRefused(answer: Answer, code: string): void {
  expect(codesOf(answer)).toEqual([code]);
  expect(answer.body).not.toHaveProperty('data');
  expect(calls).toBe(0);
}

beforeEach(() => {
  calls = 0;
  lists.asked.length = 0;
});

describe('a published operation is run', () => {
  const id = sha256Of(NAME);

  it.each<[string, () => Promise<Answer>]>([
    ['by a bare hash as documentId', () => post('web@1.0.0', { documentId: id })],
    ['by a prefixed hash as documentId', () => post('web@1.0.0', { documentId: `sha256:${id}` })],
    ['by a hash in capitals', () => post('web@1.0.0', { documentId: `SHA256:${id.toUpperCase()}` })],
    ['by an id of its compiler’s own', () => post('partner@1.0.0', { documentId: 'names.v1' })],
    ['as Apollo’s clients name it', () => post('web@1.0.0', { extensions: hashed(NAME) })],
    ['said twice alike', () => post('web@1.0.0', { documentId: `sha256:${id}`, extensions: hashed(NAME) })],
    ['by its address', () => get('web@1.0.0', `/graphql/${id}`)],
    ['by its address, prefixed', () => get('web@1.0.0', `/graphql/sha256:${id}`)],
    ['by a parameter', () => get('web@1.0.0', `/graphql?documentId=${id}`)],
    ['by Apollo’s parameter', () => get('web@1.0.0', `/graphql?extensions=${param(hashed(NAME))}`)],
    ['by a client that does not say its version', () => post('web@', { documentId: id })],
    ['under its own name', () => post('web@1.0.0', { documentId: id, operationName: 'Name' })],
  ])('%s', async (_how, ask) => {
    const answer = await ask();
    expect([answer.status, answer.body]).toEqual([200, NODE]);
    expect(lists.asked).toHaveLength(1);
  });

  it('with variables, from a body and from the address', async () => {
    const [variables, other] = [{ first: 2 }, { first: 2, other: 'nobody asked for this' }];
    const pick = sha256Of(PICK);
    for (const answer of [
      await post('web@1.0.0', { documentId: pick, variables }),
      await post('web@1.0.0', { documentId: pick, variables: other }),
      await get('web@1.0.0', `/graphql/${pick}?variables=${param(variables)}&operationName=Pick`),
    ])
      expect(answer.body).toEqual({ data: { pick: 1 } });
  });

  it('with variables that are checked as any: types and limits', async () => {
    const pick = sha256Of(PICK);
    expectRefused(await post('web@1.0.0', { documentId: pick, variables: { first: 'two' } }), 'BAD_USER_INPUT');
    expectRefused(await post('web@1.0.0', { documentId: pick }), 'BAD_USER_INPUT');
    const list = Array.from({ length: 101 }, () => 1);
    expectRefused(await post('web@1.0.0', { documentId: pick, variables: { first: 1, list } }), 'LIMIT_LIST');
  });

  it('as a mutation by POST', async () => {
    expect((await post('web@1.0.0', { documentId: sha256Of(CHANGE) })).body).toEqual({ data: { change: 1 } });
  });
});

describe('an id is refused', () => {
  it.each<[string, string, string]>([
    ['that nobody has', 'web@1.0.0', sha256Of('nothing')],
    ['of another client', 'web@1.0.0', sha256Of(OTHERS)],
    ['of another version', 'web@1.0.0', sha256Of(OLD)],
    ['by a version that has no list', 'web@2.0.0', sha256Of(NAME)],
    ['of another client, whose mode is require-id', 'partner@1.0.0', sha256Of(NAME)],
    ['by a client that nobody knows', 'nobody@1.0.0', sha256Of(NAME)],
    ['by a caller without a client', '@', sha256Of(NAME)],
  ])('%s', async (_what, who, id) => {
    expectRefused(await post(who, { documentId: id }), 'PERSISTED_QUERY_NOT_IN_LIST');
    expectRefused(await get(who, `/graphql/${id}`), 'PERSISTED_QUERY_NOT_IN_LIST');
  });

  it('with the same answer, to the byte, where another client has it and where nobody has', async () => {
    const [others, nobodys] = [sha256Of(OTHERS), sha256Of('nothing')];
    for (const ask of [
      (id: string) => post('web@1.0.0', { documentId: id }),
      (id: string) => post(null, { documentId: id }),
    ])
      expect((await ask(others)).text).toBe((await ask(nobodys)).text);
    const byHash = (sha256Hash: string) =>
      post('web@1.0.0', { extensions: { persistedQuery: { version: 1, sha256Hash } } });
    expect((await byHash(others)).text).toBe((await byHash(nobodys)).text);
  });

  it('of a retired version, from then on', async () => {
    expect((await post('web@0.9.0', { documentId: sha256Of(OLD) })).body).toEqual({ data: { node: { id: '1' } } });
    calls = 0;
    const other = await testLists({ web: { mode: 'log-unknown', versions: { '1.0.0': [NAME] } } });
    const after = await startFront({}, { transport, authenticate, operationLists: other });
    const headers = { ...JSON_TYPE, authorization: 'Bearer web@0.9.0' };
    const answer = await after.send({ headers, body: JSON.stringify({ documentId: sha256Of(OLD) }) });
    expectRefused(answer, 'PERSISTED_QUERY_NOT_IN_LIST');
  });

  it.each<[string, () => Promise<Answer>, string]>([
    [
      'with a text beside it',
      () => post('web@1.0.0', { documentId: sha256Of(NAME), query: NAME }),
      'CANNOT_SEND_PQ_ID_AND_BODY',
    ],
    [
      'with an empty text beside it',
      () => post('web@1.0.0', { documentId: sha256Of(NAME), query: '' }),
      'CANNOT_SEND_PQ_ID_AND_BODY',
    ],
    [
      'as a hash with its text, which is listed',
      () => post('web@1.0.0', { extensions: hashed(NAME), query: NAME }),
      'CANNOT_SEND_PQ_ID_AND_BODY',
    ],
    [
      'with a text, of a client whose texts are listed',
      () => post('listed@1.0.0', { extensions: hashed(NAME), query: NAME }),
      'CANNOT_SEND_PQ_ID_AND_BODY',
    ],
    [
      'with a text, of a client that sends ids only',
      () => post('partner@1.0.0', { extensions: hashed(OLD), query: OLD }),
      'CANNOT_SEND_PQ_ID_AND_BODY',
    ],
    [
      'in the address with a text',
      () => get('web@1.0.0', `/graphql/${sha256Of(NAME)}?query=${encodeURIComponent(NAME)}`),
      'CANNOT_SEND_PQ_ID_AND_BODY',
    ],
    [
      'in the address and in a parameter',
      () => get('web@1.0.0', `/graphql/${sha256Of(NAME)}?documentId=${sha256Of(NAME)}`),
      'BAD_REQUEST',
    ],
    [
      'in the address and in extensions',
      () => get('web@1.0.0', `/graphql/${sha256Of(NAME)}?extensions=${param(hashed(NAME))}`),
      'BAD_REQUEST',
    ],
    [
      'said twice otherwise',
      () => post('web@1.0.0', { documentId: sha256Of(PICK), extensions: hashed(NAME) }),
      'BAD_REQUEST',
    ],
    ['that is a number', () => post('web@1.0.0', { documentId: 7 }), 'BAD_REQUEST'],
    ['that is empty', () => post('web@1.0.0', { documentId: '' }), 'BAD_REQUEST'],
    ['with a space in it', () => post('web@1.0.0', { documentId: 'a b' }), 'BAD_REQUEST'],
    [
      'of another version of the protocol',
      () => post('web@1.0.0', { extensions: { persistedQuery: { version: 2, sha256Hash: sha256Of(NAME) } } }),
      'BAD_REQUEST',
    ],
    [
      'with variables that are text',
      () => post('web@1.0.0', { documentId: sha256Of(NAME), variables: '{}' }),
      'BAD_REQUEST',
    ],
    [
      'with variables that are no JSON',
      () => get('web@1.0.0', `/graphql/${sha256Of(NAME)}?variables={`),
      'BAD_REQUEST',
    ],
    [
      'twice in the address',
      () => get('web@1.0.0', `/graphql?documentId=${sha256Of(NAME)}&documentId=${sha256Of(NAME)}`),
      'BAD_REQUEST',
    ],
    [
      'under another name',
      () => post('web@1.0.0', { documentId: sha256Of(NAME), operationName: 'Other' }),
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ])('%s', async (_how, ask, code) => {
    expectRefused(await ask(), code);
  });

  it('as a mutation by GET, which says how to send it', async () => {
    const answer = await get('web@1.0.0', `/graphql/${sha256Of(CHANGE)}`);
    expectRefused(answer, 'BAD_REQUEST');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('by a POST to its address, which takes a GET', async () => {
    const answer = await front.send({ path: `/graphql/${sha256Of(NAME)}`, headers: JSON_TYPE, body: '{}' });
    expect([answer.status, answer.headers.get('allow'), calls]).toEqual([405, 'GET', 0]);
  });
});

describe('the HTTP of a persisted operation', () => {
  const GRAPHQL = 'application/graphql-response+json';

  it.each([
    [undefined, 200],
    ['*/*', 200],
    ['application/json', 200],
    [GRAPHQL, 400],
    [`${GRAPHQL}, application/json;q=0.9`, 400],
    [`application/json;q=0.5, ${GRAPHQL};q=0.8`, 400],
    [`application/json, ${GRAPHQL}`, 200],
    ['text/html', 406],
    ['application/*', 200],
    ['text/html, */*;q=0.1', 200],
  ])('a refusal for %s has the status and the type that a text’s has', async (accept, status) => {
    const headers = accept === undefined ? undefined : { accept };
    const byId = await post('web@1.0.0', { documentId: 'unknown' }, headers);
    const byText = await post('web@1.0.0', { query: '{ unknown }' }, headers);
    expect(byId.status).toBe(status);
    expect([byId.status, byId.headers.get('content-type')]).toEqual([
      byText.status,
      byText.headers.get('content-type'),
    ]);
  });

  it('is that of the same text, to the byte', async () => {
    const cases: readonly [string, object][] = [
      [NAME, {}],
      [PICK, { first: 1 }],
      [PICK, { first: 'one' }],
      [PICK, {}],
      ['query Fails { fails(how: "so") node { id } }', {}],
    ];
    await lists.set({ both: { mode: 'open', versions: { '1.0.0': cases.map(([text]) => text) } } });
    for (const [query, variables] of cases)
      for (const accept of ['application/json', GRAPHQL]) {
        const byId = await post('both@1.0.0', { documentId: sha256Of(query), variables }, { accept });
        const byText = await post('both@1.0.0', { query, variables }, { accept });
        expect([byId.status, byId.text]).toEqual([byText.status, byText.text]);
        const headers = ({ headers: all }: Answer) =>
          [...all].filter(([name]) => name !== 'traceresponse' && name !== 'date');
        expect(headers(byId)).toEqual(headers(byText));
      }
    await lists.set(FIRST);
  });

  it.each<[string, Record<string, string>, boolean]>([
    ['no header of its own', {}, true],
    ['a simple content type', { 'content-type': 'text/plain' }, true],
    ['the header that browsers ask for first', { 'apollo-require-preflight': 'yes' }, false],
    ['the other such header', { 'x-apollo-operation-name': 'Name' }, false],
    ['JSON as its type', { 'content-type': 'application/json' }, false],
  ])('a GET with %s is met as Apollo Server does', async (_what, headers, isRefused) => {
    const answer = await get('web@1.0.0', `/graphql/${sha256Of(NAME)}`, headers);
    if (isRefused) expectRefused(answer, 'BAD_REQUEST');
    else expect(answer.body).toEqual(NODE);
  });
});

describe('a text', () => {
  const RESPELT = `
    # a comment
    fragment Shown on Node { id, name }
    query Name { node { ...Shown } }`;

  it.each(['web@1.0.0', 'free@1.0.0', '@'])('that is in no list runs for %s', async (who) => {
    expect((await post(who, { query: OLD })).body).toEqual({ data: { node: { id: '1' } } });
  });

  it.each([NAME, RESPELT, print(parse(NAME))])(
    'that is listed runs for a client that runs no other: %s',
    async (query) => {
      expect((await post('listed@1.0.0', { query })).body).toEqual(NODE);
      expect((await get('listed@1.0.0', `/graphql?query=${encodeURIComponent(query)}`)).body).toEqual(NODE);
    },
  );

  it.each([
    ['another order of fields', 'query Name { node { ...Shown } } fragment Shown on Node { name id }'],
    ['another name', NAME.replace('query Name', 'query Nom')],
    ['one field more', 'query Name { node { ...Shown } } fragment Shown on Node { id name __typename }'],
    ['an operation more', `${NAME} query More { node { id } }`],
    ['the list of another client', OTHERS],
  ])('with %s does not', async (_what, query) => {
    expectRefused(await post('listed@1.0.0', { query, operationName: 'Name' }), 'QUERY_NOT_IN_SAFELIST');
  });

  it('that does not parse is told where it does not, and listed or not a mutation does not come by GET', async () => {
    expectRefused(await post('listed@1.0.0', { query: 'query Name {' }), 'GRAPHQL_PARSE_FAILED');
    expectRefused(await get('listed@1.0.0', `/graphql?query=${encodeURIComponent(CHANGE)}`), 'BAD_REQUEST');
  });

  it('never runs for a client that sends ids only, listed or not, in whatever way it comes', async () => {
    for (const query of [NAME, OLD, '{', '{ __typename }'])
      for (const who of ['partner@1.0.0', 'nobody@1.0.0']) {
        expectRefused(await post(who, { query }), 'PERSISTED_QUERY_ID_REQUIRED');
        expectRefused(await get(who, `/graphql?query=${encodeURIComponent(query)}`), 'PERSISTED_QUERY_ID_REQUIRED');
      }
    for (const body of ['[]', '{}', `[${JSON.stringify({ query: NAME })}]`, 'null', '"{ node { id } }"']) {
      const headers = { ...JSON_TYPE, authorization: 'Bearer partner@1.0.0' };
      const answer = await front.send({ headers, body });
      expect(answer.body, body).not.toHaveProperty('data');
    }
    expect(calls).toBe(0);
  });
});

describe('a text under its hash', () => {
  const TEXT = 'query Kept { node { id } }';
  const register = (who: string | null, text: string, hash = sha256Of(text)) =>
    post(who, { query: text, extensions: { persistedQuery: { version: 1, sha256Hash: hash } } });
  const byHash = (who: string | null, text: string) => post(who, { extensions: hashed(text) });

  it('is asked for, kept, and run by the hash from then on', async () => {
    const unknown = await byHash('web@1.0.0#ann', TEXT);
    expectRefused(unknown, 'PERSISTED_QUERY_NOT_FOUND');
    expect(unknown.body?.errors?.[0]?.message).toBe('PersistedQueryNotFound');
    expect((await register('web@1.0.0#ann', TEXT)).body).toEqual({ data: { node: { id: '1' } } });
    expect((await byHash('web@1.0.0#ann', TEXT)).body).toEqual({ data: { node: { id: '1' } } });
    expect((await get('web@1.0.0#ann', `/graphql?extensions=${param(hashed(TEXT))}`)).body).toEqual({
      data: { node: { id: '1' } },
    });
  });

  it('is nobody else’s: not another person’s, nor the same person’s by another client', async () => {
    const secret = 'query Secret { node { name } }';
    await register('web@1.0.0#ann', secret);
    calls = 0;
    for (const who of ['web@1.0.0#bob', 'free@1.0.0#ann', '@#ann'])
      expectRefused(await byHash(who, secret), 'PERSISTED_QUERY_NOT_FOUND');
    expectRefused(await post('web@1.0.0#ann', { documentId: sha256Of(secret) }), 'PERSISTED_QUERY_NOT_IN_LIST');
  });

  it('is not kept under another’s hash, which stays as it was', async () => {
    await register('web@1.0.0#ann', TEXT);
    calls = 0;
    expectRefused(await register('web@1.0.0#ann', 'query Poison { node { name } }', sha256Of(TEXT)), 'BAD_REQUEST');
    expectRefused(await register('web@1.0.0#ann', TEXT, sha256Of('else')), 'BAD_REQUEST');
    expectRefused(await register('web@1.0.0#ann', TEXT, 'names.v1'), 'BAD_REQUEST');
    expect((await byHash('web@1.0.0#ann', TEXT)).body).toEqual({ data: { node: { id: '1' } } });
  });

  it('is for nobody who is not signed in, and for no client whose texts are listed', async () => {
    expectRefused(await byHash(null, TEXT), 'PERSISTED_QUERY_NOT_SUPPORTED');
    expectRefused(await register(null, TEXT), 'PERSISTED_QUERY_NOT_SUPPORTED');
    for (const who of ['listed@1.0.0', 'partner@1.0.0']) {
      expectRefused(await byHash(who, TEXT), 'PERSISTED_QUERY_NOT_IN_LIST');
      expectRefused(await register(who, TEXT), 'CANNOT_SEND_PQ_ID_AND_BODY');
    }
  });

  it('passes what any text passes: it may be wrong, and a mutation does not come by GET', async () => {
    expectRefused(await register('web@1.0.0#ann', '{ nothing }'), 'GRAPHQL_VALIDATION_FAILED');
    expectRefused(await register('web@1.0.0#ann', '{'), 'GRAPHQL_PARSE_FAILED');
    const path = `/graphql?query=${encodeURIComponent(CHANGE)}&extensions=${param(hashed(CHANGE))}`;
    expectRefused(await get('free@1.0.0', path), 'BAD_REQUEST');
  });
});
