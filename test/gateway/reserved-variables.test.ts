import { parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { withoutReservedVariables } from '../../gateway/engine/reserved-variables.ts';
import { smallGraph } from './small-graph.ts';

const graph = smallGraph([
  {
    name: 'users',
    typeDefs: 'type Query { user(id: ID!): User } type User @key(fields: "id") { id: ID! }',
    resolvers: { Query: { user: (_: unknown, { id }: { id: string }) => ({ id }) } },
  },
  {
    name: 'greetings',
    typeDefs: 'type User @key(fields: "id") { id: ID! greeting(name: String): String }',
    resolvers: {
      User: {
        __resolveReference: (reference: object) => reference,
        greeting: ({ id }: { id: string }, { name }: { name?: string }) => `${name ?? 'nobody'} greets ${id}`,
      },
    },
  },
]);

describe('a client’s variable with the name of the planner’s own', () => {
  it.each([
    {
      place: 'in the first call',
      query: 'query ($representations: ID!) { user(id: $representations) { greeting } }',
      variables: { representations: '1' },
      greeting: 'nobody greets 1',
    },
    {
      place: 'in the call for entities',
      query: 'query ($representations: String) { user(id: "9") { greeting(name: $representations) } }',
      variables: { representations: 'A' },
      greeting: 'A greets 9',
    },
    {
      place: 'beside one of the name that it is given',
      query: `query ($representations: ID!, $client_representations: String) {
        user(id: $representations) { greeting(name: $client_representations) } }`,
      variables: { representations: '1', client_representations: 'A' },
      greeting: 'A greets 1',
    },
    {
      place: 'of what is around an entity',
      query: 'query ($contextualArgument_1_0: String) { user(id: "9") { greeting(name: $contextualArgument_1_0) } }',
      variables: { contextualArgument_1_0: 'A' },
      greeting: 'A greets 9',
    },
    {
      place: 'by its default, in a condition',
      query: 'query ($representations: Boolean = true) { user(id: "9") { greeting @include(if: $representations) } }',
      variables: {},
      greeting: 'nobody greets 9',
    },
  ])('is served $place', async ({ query, variables, greeting }) => {
    const result = await (await graph).run(query, { variables });
    expect(result).toEqual({ data: { user: { greeting } }, errors: [] });
  });

  it('that is not given is not sent', () => {
    const { document, rename } = withoutReservedVariables(
      parse('query ($representations: ID) { a(id: $representations) }'),
    );
    expect(print(document)).not.toContain('$representations');
    expect(rename({})).toEqual({});
    expect(rename({ representations: null })).toEqual({ client_representations: null });
  });
});

describe('a client’s variable beside an argument from around an entity', () => {
  const shelves = smallGraph([
    {
      name: 'shelves',
      typeDefs: `type Query { shelf: Shelf }
        type Shelf @context(name: "shelf") { code: String book: Book }
        type Book @key(fields: "id") { id: ID!
          label(code: String @fromContext(field: "$shelf { code }"), by: String): String }`,
      resolvers: {
        Query: { shelf: () => ({ code: 'S1', book: { id: 'b' } }) },
        Book: {
          __resolveReference: (book: object) => book,
          label: (_: unknown, { code, by }: { code: string; by: string }) => `${code} by ${by}`,
        },
      },
    },
  ]);

  it.each(['contextualArgument_1_0', 'contextualArgument_0_0', 'client_contextualArgument_1_0'])(
    '$%s is not taken for it',
    async (name) => {
      const result = await (await shelves).run(`query ($${name}: String) { shelf { book { label(by: $${name}) } } }`, {
        variables: { [name]: 'A' },
      });
      expect(result).toEqual({ data: { shelf: { book: { label: 'S1 by A' } } }, errors: [] });
    },
  );
});
