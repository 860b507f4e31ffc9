/** Who may ask for the schema, in production and elsewhere; and what else production changes. */
import { getIntrospectionQuery, parse, visit } from 'graphql';
import { describe, expect, it } from 'vitest';
import { sha256Of } from '../../gateway/operations/persisted/operation-id.ts';
import { type IntrospectionAudience, isIntrospectionOn } from '../../gateway/policy/introspection.ts';
import { testLists } from '../kit/operation-lists.ts';
import { codesOf, startFront } from './front-gateway.ts';
import { callerWith } from './small-graph.ts';

const production = await startFront({ isProduction: true });
const forSignedIn = await startFront({ isProduction: true, introspection: 'signed-in' });
const demo = await startFront();
const SOMEONE = { authorization: 'Bearer someone' };

const ASKS: readonly [string, string][] = [
  ['in full', getIntrospectionQuery()],
  ['by __schema', '{ __schema { queryType { name } } }'],
  ['by __type', '{ __type(name: "Node") { name } }'],
  ['under an alias', '{ a: __schema { queryType { name } } }'],
  ['in an inline fragment', '{ ... { __schema { queryType { name } } } }'],
  ['in an inline fragment of the root', '{ ... on Query { a: __type(name: "Node") { name } } }'],
  ['in a fragment', 'query { ...A } fragment A on Query { __schema { queryType { name } } }'],
  [
    'in a fragment in a fragment',
    'query { ...A } fragment A on Query { ...B } fragment B on Query { b: __type(name: "A") { name } }',
  ],
  ['beside data', '{ node { id } __schema { queryType { name } } }'],
  ['in an operation that is not run', 'query A { node { id } } query B { __schema { queryType { name } } }'],
  ['behind @skip', '{ node { id } __schema @skip(if: true) { queryType { name } } }'],
  [
    'behind @include with a variable',
    'query ($no: Boolean = false) { __typename __schema @include(if: $no) { queryType { name } } }',
  ],
  ['in a mutation', 'mutation { __schema { queryType { name } } }'],
];
const asked = (query: string) => ({
  path: `/graphql?${new URLSearchParams({ query, operationName: query.includes('query A') ? 'A' : '' })}`,
  method: 'GET',
  headers: { 'apollo-require-preflight': '1' },
});

describe('introspection in production', () => {
  it.each(ASKS)('%s is refused, and says why', async (_how, query) => {
    const operationName = query.includes('query A') ? 'A' : null;
    const answer = await production.ask(query, { operationName });
    expect(answer.body).toEqual({
      errors: [
        {
          message: 'Introspection is off on this graph: __schema and __type are not answered.',
          extensions: { code: 'INTROSPECTION_DISABLED' },
        },
      ],
    });
  });

  it('is refused to signed-in callers, too', async () => {
    expect(codesOf(await production.ask(getIntrospectionQuery(), { headers: SOMEONE }))).toEqual([
      'INTROSPECTION_DISABLED',
    ]);
  });

  it('by GET is refused', async () => {
    expect(codesOf(await production.send(asked('{ __schema { queryType { name } } }')))).toEqual([
      'INTROSPECTION_DISABLED',
    ]);
  });

  it('leaves type names, which are data', async () => {
    const answer = await production.ask('{ __typename node { __typename a: __typename } }');
    expect(answer.body).toEqual({ data: { __typename: 'Query', node: { __typename: 'Node', a: 'Node' } } });
  });
});

const NOT_VALID: readonly [string, string, string][] = [
  ['a field of objects without a selection', '{ node }', 'Field "node" must have a selection of subfields.'],
  ['a leaf with one', '{ node { name { x } } }', 'Field "name" must not have a selection: it has no subfields.'],
  ['a field that is not there', '{ node { x } }', 'Cannot query field "x" here.'],
  ['an argument that is not there', '{ pick(x: 1) }', 'Unknown argument "x" on field "pick".'],
  ['an argument that is missing', '{ needs }', 'Field "needs" needs an argument that was not provided.'],
  [
    'a directive without its argument',
    '{ a: __typename @skip }',
    'Directive "@skip" needs an argument that was not provided.',
  ],
  ['a field of an input that is missing', '{ pick(wish: {}) }', 'The object needs a field that was not provided.'],
  ['a field of an input that is not there', '{ pick(wish: { id: 1, x: 2 }) }', 'Field "x" is not defined here.'],
  ['a value that is none of an enum', '{ pick(day: SUNDAY) }', 'The value is not of the type that is expected here.'],
  ['an object for a list', '{ pick(ids: { x: 1 }) }', 'The value is not of the type that is expected here.'],
  ['null where it must not be', '{ pick(wish: { id: null }) }', 'The value is not of the type that is expected here.'],
  [
    'a variable of another type',
    'query ($v: Boolean) { pick(day: $v) }',
    'Variable "$v" is not of the type that is expected here.',
  ],
  [
    'a fragment that does not fit',
    '{ node { ... on Query { __typename } } }',
    'Fragment cannot be spread here: nothing here is of its type.',
  ],
  [
    'a named fragment that does not fit',
    '{ node { ...F } } fragment F on Mutation { __typename }',
    'Fragment "F" cannot be spread here: nothing here is of its type.',
  ],
  [
    'different fields under one key',
    '{ node { a: id a: name } }',
    'Fields "a" conflict because "id" and "name" are different fields. Use different aliases on the fields to fetch both if this was intentional.',
  ],
  ['a type that is not there', '{ node { ... on X { id } } }', 'Unknown type "X".'],
];

describe('an operation that is not valid, where introspection is off', () => {
  it.each(NOT_VALID)('with %s is told without a name that it has not', async (_what, query, told) => {
    const answer = await production.ask(query);
    expect(answer.body?.errors?.map(({ message }) => message)).toContain(told);
    expect(new Set(codesOf(answer))).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
    const written = new Set<string>();
    visit(parse(query), { Name: ({ value }) => void written.add(value) });
    for (const name of await namesOfSchema())
      if (!written.has(name)) expect(answer.text).not.toMatch(new RegExp(`\\b${name}\\b`));
  });

  it('is told with them to who may ask for the schema', async () => {
    const query = '{ node }';
    const told = 'Field "node" of type "Node" must have a selection of subfields.';
    expect((await demo.ask(query)).body?.errors?.[0]?.message).toContain(told);
    expect((await forSignedIn.ask(query, { headers: SOMEONE })).body?.errors?.[0]?.message).toContain(told);
    expect((await forSignedIn.ask(query)).body?.errors?.[0]?.message).not.toContain('Node');
  });

  it('so is a variable', async () => {
    const query = 'query ($wish: Wish) { pick(wish: $wish) }';
    const variables = { wish: { id: '1', more: [{ id: '2', day: 'SUNDAY' }] } };
    expect((await production.ask(query, { variables })).body?.errors).toEqual([
      {
        message: 'Variable "$wish" at "more.0.day" is not valid: expected another value.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect((await demo.ask(query, { variables })).text).toContain('expected Day.');
  });
});

/** The names of everything in it but its own words for itself, and what any schema has. */
async function namesOfSchema(): Promise<string[]> {
  const answer = await demo.ask(
    '{ __schema { types { name fields { name args { name } } inputFields { name } enumValues { name } } } }',
  );
  const names = [...answer.text.matchAll(/"name":"(\w+)"/g)].map(([, name = '']) => name);
  return names.filter((name) => /^[A-Z]\w{2}|^(ids|wish|day|count|child|children|lists|needed|MONDAY)$/.test(name));
}

describe('introspection for signed-in callers', () => {
  it.each(ASKS)('%s is refused to strangers', async (_how, query) => {
    const operationName = query.includes('query A') ? 'A' : null;
    const answer = await forSignedIn.ask(query, { operationName });
    expect(codesOf(answer)).toEqual(['INTROSPECTION_DISABLED']);
    expect(answer.text).toContain('signed-in');
  });

  it('answers them, and refuses strangers the same text after that', async () => {
    const query = '{ __schema { queryType { name } } }';
    const answer = await forSignedIn.ask(query, { headers: SOMEONE });
    expect(answer.body).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
    expect(codesOf(await forSignedIn.ask(query))).toEqual(['INTROSPECTION_DISABLED']);
  });

  it('is what a page asks before it shows what needs the schema', () => {
    expect(isIntrospectionOn('signed-in', callerWith())).toBe(true);
    expect(isIntrospectionOn('signed-in', null)).toBe(false);
    expect(isIntrospectionOn('everybody', null)).toBe(true);
    expect(isIntrospectionOn('nobody', callerWith())).toBe(false);
  });
});

describe('introspection elsewhere', () => {
  it('is for everybody', async () => {
    expect((await demo.ask('{ __schema { queryType { name } } }')).body).toHaveProperty('data');
  });

  it('is for nobody where it is set so', async () => {
    const closed = await startFront({ introspection: 'nobody' });
    expect(codesOf(await closed.ask('{ __schema { queryType { name } } }'))).toEqual(['INTROSPECTION_DISABLED']);
  });

  it('is for nobody by the id of a persisted operation either', async () => {
    const schema = 'query Schema { __schema { queryType { name } } }';
    const caller = { ...callerWith(), client: { name: 'web', version: '1' } };
    const operationLists = await testLists({ web: { mode: 'open', versions: { '1': [schema] } } });
    const askById = async (introspection: IntrospectionAudience) => {
      const front = await startFront({ introspection }, { operationLists, authenticate: async () => caller });
      const body = JSON.stringify({ documentId: sha256Of(schema) });
      return front.send({ headers: { 'content-type': 'application/json' }, body });
    };
    expect((await askById('signed-in')).body).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
    expect(codesOf(await askById('nobody'))).toEqual(['INTROSPECTION_DISABLED']);
  });
});

describe('production', () => {
  it('tells browsers to come by HTTPS', async () => {
    const { headers } = await production.send({ path: '/health/live', method: 'GET' });
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
  });
});
