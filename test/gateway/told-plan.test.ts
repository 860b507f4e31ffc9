/** The plan that is told to whoever sees the schema has no name in it that the schema has not. */
import { describe, expect, it } from 'vitest';
import { smallGraph } from './small-graph.ts';

const people = {
  name: 'people',
  typeDefs: `
    type Query { person: Person named: Named }
    enum Unit { FEET HIDDEN_UNIT @inaccessible }
    input Rounding { digits: Int hiddenMode: Int @inaccessible }
    interface Named { name: String }
    type Person implements Named @key(fields: "hiddenId hiddenOffice { hiddenCode }") {
      hiddenId: ID! @inaccessible
      name: String
      hiddenOffice: HiddenOffice! @inaccessible
      height(unit: Unit, rounding: Rounding): Int
    }
    type HiddenOffice @key(fields: "hiddenCode") @inaccessible { hiddenCode: ID! }
    type HiddenRobot implements Named @inaccessible { name: String hiddenModel: String }
  `,
  resolvers: {
    Query: { person: () => ({ hiddenId: '1', name: 'Una', hiddenOffice: { hiddenCode: 'c' } }), named: () => null },
    Person: { height: () => 180 },
    Named: { __resolveType: () => 'Person' },
  },
};

const posts = {
  name: 'posts',
  typeDefs: `
    type Person @key(fields: "hiddenId hiddenOffice { hiddenCode }") {
      hiddenId: ID! @inaccessible
      hiddenOffice: HiddenOffice! @inaccessible
      posts(first: Int, hiddenOrder: HiddenOrder @inaccessible): [Post!]!
      height(unit: Unit, rounding: Rounding): Int @external
      size: String @requires(fields: "height(unit: HIDDEN_UNIT, rounding: { digits: 1, hiddenMode: 2 })")
      greeting: String @requires(fields: "hiddenOffice { hiddenFloor(hiddenUnit: METRES_HIDDEN, filter: { hiddenIn: 1 }) }")
    }
    type HiddenOffice @key(fields: "hiddenCode") @inaccessible {
      hiddenCode: ID!
      hiddenFloor(hiddenUnit: HiddenUnit, filter: HiddenFilter): Int @external
    }
    input HiddenFilter @inaccessible { hiddenIn: Int }
    enum HiddenUnit @inaccessible { METRES_HIDDEN }
    enum HiddenOrder @inaccessible { NEWEST }
    enum Unit { FEET HIDDEN_UNIT @inaccessible }
    input Rounding { digits: Int hiddenMode: Int @inaccessible }
    type Post { title: String }
  `,
  resolvers: {
    Person: {
      posts: () => [{ title: 'First' }],
      size: ({ height }: { height: number }) => `${height}`,
      greeting: ({ hiddenOffice }: { hiddenOffice: { hiddenFloor: number } }) => `On ${hiddenOffice.hiddenFloor}`,
    },
  },
};

const offices = {
  name: 'offices',
  typeDefs: `
    type HiddenOffice @key(fields: "hiddenCode") @inaccessible {
      hiddenCode: ID!
      hiddenFloor(hiddenUnit: HiddenUnit, filter: HiddenFilter): Int
    }
    input HiddenFilter @inaccessible { hiddenIn: Int }
    enum HiddenUnit @inaccessible { METRES_HIDDEN }
  `,
  resolvers: { HiddenOffice: { hiddenFloor: () => 3 } },
};

const graph = await smallGraph([people, posts, offices]);
const planOf = async (query: string, variables: Record<string, unknown> = {}): Promise<string> => {
  const { errors, extensions } = await graph.run(query, { explain: 'beside', variables });
  expect(errors ?? []).toEqual([]);
  return String(extensions?.queryPlan);
};

describe('a plan', () => {
  it('names what was asked for and who is asked, and nothing that is inaccessible', async () => {
    const plan = await planOf('query ($n: Int) { who: person { name posts(first: $n) { title } greeting size } }', {
      n: 2,
    });
    expect(plan).not.toMatch(/hidden/i);
    for (const shown of ['service: "people"', 'service: "posts"', 'service: "offices"', 'posts(first: $n)', 'greeting'])
      expect(plan).toContain(shown);
  });

  it('is as the planner has it where everything is for everybody', async () => {
    const query = 'query ($more: Boolean = true) { named { name @include(if: $more) ... on Person { name } } }';
    const plan = `
      QueryPlan {
        Fetch(service: "people") {
          {
            named {
              __typename
              name @include(if: $more)
              ... on Person {
                name
              }
            }
          }
        },
      }`;
    expect(await planOf(query)).toBe(plan.replaceAll(/^ {6}/gm, '').trim());
  });
});
