/** The thirteen things that https://github.com/dolevf/graphql-cop looks for in any server, here in production. */
import { describe, expect, it } from 'vitest';
import { codesOf, startFront } from './front-gateway.ts';

const front = await startFront({ isProduction: true });
const JSON_TYPE = { 'content-type': 'application/json' };
const many = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const byGet = (query: string, headers: Record<string, string> = {}) =>
  front.send({ path: `/graphql?${new URLSearchParams({ query })}`, method: 'GET', headers });

describe('in production', () => {
  it('1. a hundred aliases are refused', async () => {
    const answer = await front.ask(`query cop { ${many(101, (index) => `alias${index}: __typename`)} }`);
    expect(codesOf(answer)).toEqual(['LIMIT_ALIASES']);
    expect(answer.body).not.toHaveProperty('data');
  });

  it('2. an array of operations is refused', async () => {
    const body = JSON.stringify(Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' })));
    const answer = await front.send({ headers: JSON_TYPE, body });
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(['BAD_REQUEST']);
  });

  it('3. ten directives on a field are refused, with one error', async () => {
    expect(codesOf(await front.ask(`query cop { __typename ${many(10, () => '@aa')} }`))).toEqual(['LIMIT_DIRECTIVES']);
  });

  it('4. introspection that goes round is refused', async () => {
    const round = `query cop { __schema { types { fields { type { ${'fields { type { '.repeat(3)}name${' } }'.repeat(3)} } } } } }`;
    const open = await startFront();
    for (const { body } of [await front.ask(round), await open.ask(round)]) {
      expect(body).not.toHaveProperty('data');
      expect(body?.errors).toBeDefined();
    }
  });

  it('5. a mutation by GET is refused', async () => {
    const answer = await byGet('mutation cop { __typename }', { 'apollo-require-preflight': '1' });
    expect(answer.status).toBe(405);
    expect(answer.body).not.toHaveProperty('data');
  });

  it('6. a query by GET that a link could make is refused', async () => {
    const answer = await byGet('query cop { __typename }');
    expect(answer.status).toBe(400);
    expect(answer.body).not.toHaveProperty('data');
  });

  it('7. a query in a form is refused', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await front.send({ headers, body: 'query=query%20cop%20%7B%20__typename%20%7D' });
    expect(answer.status).toBe(415);
    expect(answer.body).not.toHaveProperty('data');
  });

  it.each(['query cop { __schema { directive } }', 'query cop { nod { id } }', 'query cop { pick(firs: 1) }'])(
    '8. nothing is suggested in place of what is not there: %s',
    async (query) => {
      const { text, body } = await front.ask(query);
      expect(body).not.toHaveProperty('data');
      expect(text).not.toMatch(/did you mean|directives|"node|first/i);
    },
  );

  it('9. the schema is not told', async () => {
    const answer = await front.ask('query cop { __schema { types { name fields { name } } } }');
    expect(codesOf(answer)).toEqual(['INTROSPECTION_DISABLED']);
  });

  it('10. one field five hundred times is refused', async () => {
    const answer = await front.ask(`query cop { ${many(500, () => '__typename')} }`);
    expect(codesOf(answer)).toEqual(['LIMIT_FIELDS']);
    expect(answer.body).not.toHaveProperty('data');
  });

  it('11. an answer has no trace of how it was made', async () => {
    const headers = { 'apollo-federation-include-trace': 'ftv1', 'apollo-expose-query-plan': 'true' };
    const { body } = await front.ask('query cop { node { id } }', { headers });
    expect(body).toEqual({ data: { node: { id: '1' } } });
  });

  it.each(['/', '/graphql', '/graphiql', '/playground', '/console', '/altair', '/sandbox'])(
    '12. %s is no page to type queries into',
    async (path) => {
      const { status, text } = await front.send({ path, method: 'GET', headers: { accept: 'text/html' } });
      expect(text).not.toMatch(/graphiql|playground|altair|sandbox|<script/i);
      expect(status).toBeGreaterThanOrEqual(path === '/' ? 200 : 400);
    },
  );

  it.each(['qwerty cop { abc }', '', 'null', '\u0000', '}{'])('13. no exception is told: %j', async (query) => {
    const { body, text, status } = await front.ask(query);
    expect(status).toBeLessThan(500);
    for (const { extensions } of body?.errors ?? []) expect(Object.keys(extensions)).toEqual(['code']);
    expect(body?.errors).toBeDefined();
    expect(text).not.toMatch(/exception|stacktrace|node_modules/i);
  });
});
