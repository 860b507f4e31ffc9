/** A text that has been run before is answered as it was the first time, when Apollo Server read it: byte for byte. */
import { describe, expect, it } from 'vitest';
import { type Answer, type Front, startFront } from './front-gateway.ts';

const TEXT = `
  query Node { node { id name child { id } } }
  query Pick($first: Int!, $any: Any) { pick(first: $first, any: $any) }
  query Fails { node { id } fails(how: "so") }
  mutation Change { change }
`;
const JSON_TYPE = { 'content-type': 'application/json' };
const GRAPHQL_TYPE = { ...JSON_TYPE, accept: 'application/graphql-response+json' };

type Request = Parameters<Front['send']>[0];

const posted = (body: unknown, headers: Record<string, string> = JSON_TYPE): Request => ({
  headers,
  body: JSON.stringify(body),
});
const named = (operationName: unknown, more: object = {}) => ({ query: TEXT, operationName, ...more });

const REQUESTS: readonly (readonly [string, Request])[] = [
  ['a query', posted(named('Node'))],
  ['a query of the other media type', posted(named('Node'), GRAPHQL_TYPE)],
  ['a query whose client takes either', posted(named('Node'), { ...JSON_TYPE, accept: 'text/html, */*;q=0.1' })],
  ['a query whose client takes neither', posted(named('Node'), { ...JSON_TYPE, accept: 'text/html' })],
  ['a mutation', posted(named('Change'))],
  ['variables', posted(named('Pick', { variables: { first: 2, any: { a: [1] } } }))],
  ['variables that are null', posted(named('Node', { variables: null }))],
  ['variables that are too many', posted(named('Node', { variables: { more: 1 } }))],
  ['variables of a wrong type', posted(named('Pick', { variables: { first: 'two' } }))],
  ['variables of a wrong type, of the other media type', posted(named('Pick', { variables: {} }), GRAPHQL_TYPE)],
  ['variables that are a text', posted(named('Pick', { variables: '{"first": 2}' }))],
  ['variables that are a list', posted(named('Pick', { variables: [2] }))],
  ['extensions', posted(named('Node', { extensions: { a: 1 } }))],
  ['extensions that are none', posted(named('Node', { extensions: 'a' }))],
  ['a field that fails', posted(named('Fails'))],
  ['a field that fails, of the other media type', posted(named('Fails'), GRAPHQL_TYPE)],
  ['a name of no operation', posted(named('Other'))],
  ['a name of no operation, of the other media type', posted(named('Other'), GRAPHQL_TYPE)],
  ['no name', posted({ query: TEXT })],
  ['an empty name', posted(named(''))],
  ['a name that is no text', posted(named(1))],
  ['a list', posted([named('Node')])],
  ['a form that a page of another site could send', posted(named('Node'), { 'content-type': 'text/plain' })],
  [
    'a GET',
    {
      method: 'GET',
      path: `/graphql?${new URLSearchParams({ query: TEXT, operationName: 'Node' })}`,
      headers: { 'apollo-require-preflight': '1' },
    },
  ],
];

/** What a client can tell apart: not the time, nor which request it was. */
const told = ({ status, headers, text }: Answer) => ({
  status,
  headers: [...headers].filter(([name]) => !['date', 'traceresponse', 'ratelimit'].includes(name)).sort(),
  text: text.replace(/"id":"[0-9a-f-]{36}"/g, '"id":"…"'),
});

const fresh = async (request: Request) => {
  const front = await startFront();
  return told(await front.send(request));
};

const known = await startFront();
for (const name of ['Node', 'Change']) await known.send(posted(named(name)));

describe('a text that is known', () => {
  it.each(REQUESTS)('%s', async (_what, request) => {
    const first = await fresh(request);
    expect(told(await known.send(request))).toEqual(first);
    expect(told(await known.send(request))).toEqual(first);
  });
});
