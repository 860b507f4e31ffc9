import { ApolloGateway } from '@apollo/gateway';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { FEDERATION, smallGraph } from './small-graph.ts';

const users = {
  name: 'users',
  typeDefs: `type Query { user: User users: [User!]! } type User @key(fields: "id") { id: ID! email: String grant: String @inaccessible }`,
  resolvers: {
    Query: { user: () => USER, users: () => [USER] },
    User: { __resolveReference: () => USER },
  },
};
const USER = { id: 'u1', email: 'demo@schoolgraph.example', grant: 'signed' };
const nicknames = {
  name: 'nicknames',
  typeDefs: `type User @key(fields: "id") { id: ID! grant: String @external nickname: String granted: String @requires(fields: "grant") }`,
  resolvers: {
    User: {
      __resolveReference: (reference: object) => reference,
      nickname: ({ id }: { id: string }) => `nickname of ${id}`,
      granted: ({ grant }: { grant: string }) => `granted by ${grant}`,
    },
  },
};
const graph = await smallGraph([users, nicknames]);

/** Every response key that a key or a required field could be confused with × what could be put there. */
const FORGERIES = ['id', 'grant', '__typename'].flatMap((key) =>
  ['email', '__typename', 'id'].map((field) => ({ key, field })),
);

describe('an alias named like a key or a required field', () => {
  it.each(FORGERIES.filter(({ key, field }) => key !== field))(
    '$key: $field is not sent on in its place',
    async ({ key, field }) => {
      const value = { email: USER.email, __typename: 'User', id: 'u1' }[field];
      const result = await graph.run(
        `{ user { ${key}: ${field} nickname granted } users { ${key}: ${field} granted } }`,
      );
      expect(result).toEqual({
        data: {
          user: { [key]: value, nickname: 'nickname of u1', granted: 'granted by signed' },
          users: [{ [key]: value, granted: 'granted by signed' }],
        },
        errors: [],
      });
    },
  );

  it('is answered wrongly by the stock gateway: the reason for planning aliases under a prefix', async () => {
    const schemas = new Map(
      [users, nicknames].map(({ name, typeDefs, resolvers }) => [
        name,
        buildSubgraphSchema([{ typeDefs: parse(FEDERATION + typeDefs), resolvers: resolvers as never }]),
      ]),
    );
    const gateway = new ApolloGateway({
      supergraphSdl: graph.supergraph,
      buildService: ({ name }) => ({
        process: async ({ request }) =>
          (await graphql({
            schema: schemas.get(name ?? '') as never,
            source: request.query ?? '',
            variableValues: request.variables ?? {},
          })) as never,
      }),
    });
    const { executor } = await gateway.load({ apollo: {} });
    const document = parse('{ user { id: email nickname } }');
    const { data } = await executor({ request: {}, document, queryHash: 'stock', context: {}, metrics: {} } as never);
    // the client asked for the e-mail under the name `id`
    expect(data?.user).toEqual({ id: 'u1', nickname: 'nickname of u1' });
    await gateway.stop();
  });

  it('keeps aliases that look like the prefix apart', async () => {
    const result = await graph.run('{ user { a: email alias_a: id alias_alias_a: nickname } }');
    expect(result.data).toEqual({ user: { a: USER.email, alias_a: 'u1', alias_alias_a: 'nickname of u1' } });
  });

  it('keeps introspection and the order of the answer', async () => {
    const result = await graph.run('{ t: __type(name: "User") { name } user { nickname id } __typename }');
    expect(JSON.stringify(result.data)).toBe(
      '{"t":{"name":"User"},"user":{"nickname":"nickname of u1","id":"u1"},"__typename":"Query"}',
    );
  });
});

describe('an error of a subgraph', () => {
  it('names the place in the client’s own keys', async () => {
    const failing = await smallGraph([
      users,
      {
        ...nicknames,
        resolvers: {
          User: {
            __resolveReference: (reference: object) => reference,
            nickname: () => {
              throw new Error('no');
            },
          },
        },
      },
    ]);
    const result = await failing.run('{ them: users { nick: nickname } }');
    expect(result.data).toEqual({ them: [{ nick: null }] });
    expect(result.errors.map(({ path }) => path)).toEqual([['them', 0, 'nick']]);
  });
});
