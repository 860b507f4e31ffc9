/** Who may ask for the schema, in production and elsewhere; and what else production changes. */
import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { isIntrospectionOn } from '../../gateway/policy/introspection.ts';
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
});

describe('production', () => {
  it('tells browsers to come by HTTPS', async () => {
    const { headers } = await production.send({ path: '/health/live', method: 'GET' });
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
  });
});
