/** A number that no number can hold is the client's mistake, whatever scalar it is for. */
import { describe, expect, it } from 'vitest';
import { smallGateway } from './small-gateway.ts';
import { composed } from './small-graph.ts';

const supergraph = composed([
  {
    name: 'echoes',
    typeDefs: 'scalar Code type Query { echo(code: Code, in: In): String } input In { code: Code }',
    resolvers: { Query: { echo: () => 'heard' } },
  },
]);
const url = await smallGateway({
  supergraph,
  transport: { call: async () => ({ status: 200, body: '{"data":{"echo":"heard"}}' }) },
});

async function ask(query: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, text: await response.text() };
}

describe('a number in the text', () => {
  it.each([
    '{ echo(code: 1e400) }',
    '{ echo(code: -1.5e999) }',
    `{ echo(code: 1${'0'.repeat(400)}) }`,
    '{ echo(in: { code: 1e400 }) }',
    'query ($code: Code = 1e400) { echo(code: $code) }',
  ])('that is too large is refused by place: %#', async (query) => {
    const { status, text } = await ask(query);
    expect(status).toBe(200);
    expect(text).toContain('"code":"GRAPHQL_VALIDATION_FAILED"');
    expect(text).toContain('"locations"');
    expect(text).not.toMatch(/1e400|999|0000/);
  });

  it.each(['{ echo(code: 1e40) }', '{ echo(code: 5) }', '{ echo(code: -0.5) }'])('%s is served', async (query) => {
    expect((await ask(query)).text).toContain('"heard"');
  });
});
