import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../caller.ts';
import { enforceScopes } from './enforce-scopes.ts';

const schema = enforceScopes(
  buildSubgraphSchema([
    {
      typeDefs: parse(`
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated", "@requiresScopes", "@policy"])
        type Query {
          open: Int
          scope: Int @requiresScopes(scopes: [["a", "b"], ["c"]])
          policy: Int @policy(policies: [["role:SENCO"], ["kind:person", "school:900001"]])
          both: Int @requiresScopes(scopes: [["a"]]) @policy(policies: [["role:TEACHER"]])
          unknown: Int @policy(policies: [["nobody:knows"]])
          signedIn: Int @authenticated
          level: Level
          levels: [Level!]
        }
        enum Level @policy(policies: [["role:SENCO"]]) { LOW }
      `),
      resolvers: {
        Query: {
          ...Object.fromEntries(
            ['open', 'scope', 'policy', 'both', 'unknown', 'signedIn'].map((name) => [name, () => 1]),
          ),
          level: () => 'LOW',
          levels: () => ['LOW'],
        },
      } as never,
    },
  ]),
);

const FIELDS = ['open', 'scope', 'policy', 'both', 'unknown', 'signedIn', 'level', 'levels'];

const teacher = (...scopes: string[]): Caller => ({
  subject: '00000000-0000-7000-8000-000000000001',
  kind: 'person',
  name: 'Demo Caller',
  role: 'TEACHER',
  school: '900001',
  scopes,
  client: null,
});

/** The fields that a caller is given. */
async function opened(caller: Caller | null): Promise<string[]> {
  const { data } = await graphql({ schema, source: `{ ${FIELDS.join(' ')} }`, contextValue: { caller } });
  return FIELDS.filter((field) => data?.[field] !== null);
}

describe('a subgraph’s own wall', () => {
  it.each<[string, Caller | null, string[]]>([
    ['nobody', null, ['open']],
    ['somebody without scopes', { ...teacher(), role: 'CATERING', school: '900002' } as Caller, ['open', 'signedIn']],
    ['a teacher of the school', teacher(), ['open', 'policy', 'signedIn']],
    ['a teacher with a scope', teacher('a'), ['open', 'policy', 'both', 'signedIn']],
    ['a teacher with scopes', teacher('a', 'b'), ['open', 'scope', 'policy', 'both', 'signedIn']],
    [
      'a SENCO elsewhere',
      { ...teacher('c'), role: 'SENCO', school: '900002' } as Caller,
      ['open', 'scope', 'policy', 'signedIn', 'level', 'levels'],
    ],
  ])('gives %s what the field, and the enum that it is of, ask for', async (_who, caller, fields) => {
    expect(await opened(caller)).toEqual(fields);
  });
});
