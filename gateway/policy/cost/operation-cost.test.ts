import fc from 'fast-check';
import { buildASTSchema, type OperationDefinitionNode, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { linkedDirectives } from '../../supergraph/linked-directives.ts';
import { readCostRules } from './cost-rules.ts';
import { createCostOf, type OperationCost } from './operation-cost.ts';
import { MOST_COST } from './terms.ts';

const SDL = `
  type Query {
    user(id: ID, filter: Filter, filters: [Filter!], all: Filter @cost(weight: 0), sort: Sort, near: Place @cost(weight: 3)): User
    users(first: Int = 5, last: Int): [User!] @listSize(slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
    exact(first: Int, last: Int): [User!] @listSize(slicingArguments: ["first", "last"])
    page(first: Int = 20): UserConnection @listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"])
    deep(first: Int = 20): Results @listSize(slicingArguments: ["first"], sizedFields: ["users { nodes }"])
    search(by: Search = { page: { first: 4 } }): [User] @listSize(slicingArguments: ["by.page.first"], requireOneSlicingArgument: false)
    byIds(ids: [ID!]!): [User] @listSize(slicingArguments: ["ids"])
    few: [User!]! @listSize(assumedSize: 3)
    unsized: [User!]
    grid: [[User!]!]!
    numbers: [Int!] @listSize(assumedSize: 50)
    price: Price
    day: Day
    costly: User @cost(weight: 7)
    cheaper(approximate: Boolean @cost(weight: -3)): Heavy @cost(weight: 5)
    heavy: Heavy
    anything: Anything
    named: Named
    nameds: [Named!] @listSize(assumedSize: 2)
  }
  type Mutation { change(input: Change!): User, free: Int }
  type User { id: ID! name: String age: Int @cost(weight: 2) friends(first: Int = 2): [User!] @listSize(slicingArguments: ["first"]) best: User }
  type UserConnection { nodes: [User!] edges: [UserEdge!] total: Int }
  type UserEdge { cursor: String node: User }
  type Results { users: UserConnection }
  type Heavy @cost(weight: 30) { id: ID }
  scalar Price @cost(weight: 4)
  enum Day @cost(weight: 6) { MONDAY }
  enum Sort { UP DOWN }
  scalar Place
  union Anything = User | Heavy
  interface Named { name: String many: [User!] }
  type Cat implements Named { name: String @cost(weight: 9) many: [User!] @listSize(assumedSize: 8) lives: [Heavy] @listSize(assumedSize: 2) }
  type Dog implements Named { name: String many: [User!] @listSize(assumedSize: 3) friend: User }
  input Filter { name: String @cost(weight: 2) day: Day and: [Filter!] sort: Sort }
  input Search { page: Paging words: [String!] }
  input Paging { first: Int = 6 }
  input Change { name: String }
`;

const LINKS: Record<string, string> = {
  imported: 'import: ["@cost", "@listSize"]',
  renamed: 'import: [{ name: "@cost", as: "@price" }, "@listSize"]',
  namespaced: 'as: "effort"',
};

function graphOf(link = LINKS.imported, sdl = SDL) {
  const document = parse(
    `schema @link(url: "https://specs.apollo.dev/cost/v0.1", ${link}) { query: Query mutation: Mutation } ${sdl}`,
  );
  return {
    schema: buildASTSchema(document, { assumeValidSDL: true }),
    rules: readCostRules(document, linkedDirectives(document)),
  };
}

const { schema, rules } = graphOf();
const costOf = createCostOf(schema, rules, { assumed: 10, refuses: true });

function cost(query: string, variables: Record<string, unknown> = {}, estimate = costOf): number {
  const found = costFor(query, estimate);
  const counted = found(variables);
  expect(found.least).toBeLessThanOrEqual(counted);
  return counted;
}

function costFor(query: string, estimate = costOf): OperationCost {
  const document = parse(query);
  const invalid = validate(schema, document).map(({ message }) => message);
  expect(invalid).toEqual([]);
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === 'OperationDefinition',
  );
  return estimate(document, operation as OperationDefinitionNode);
}

describe('the cost of an operation', () => {
  it.each([
    ['a scalar is free', '{ user { id name } }', 1],
    ['an object costs 1', '{ user { best { id } } }', 2],
    ['a type name is free', '{ __typename user { __typename } }', 1],
    ['a field has a weight of its own', '{ user { age } }', 3],
    ['in place of its type’s', '{ costly { id } }', 7],
    ['an object type has a weight', '{ heavy { id } }', 30],
    ['a scalar type has one', '{ price }', 4],
    ['an enum has one', '{ day }', 6],
    ['a mutation costs 10 for each of its fields', 'mutation { change(input: {}) { id } a: free b: free }', 32],
    ['the schema is not free', '{ __schema { queryType { name } } }', 100],
  ])('%s', (_what, query, expected) => expect(cost(query)).toBe(expected));
});

describe('arguments', () => {
  it.each([
    ['that are scalars are free', '{ user(id: 1, sort: UP) { id } }', 1],
    ['have a weight of their own', '{ user(near: "here") { id } }', 4],
    ['that are null weigh nothing', '{ user(near: null) { id } }', 1],
    ['that are input objects weigh 1', '{ user(filter: {}) { id } }', 2],
    ['weigh with each input field that is given', '{ user(filter: { name: "a", day: MONDAY, sort: UP }) { id } }', 10],
    ['weigh with each item', '{ user(filters: [{ name: "a" }, { name: "b" }]) { id } }', 7],
    ['weigh with what is in each other', '{ user(filter: { and: [{ and: [{ name: "a" }] }] }) { id } }', 6],
    [
      'may weigh less than their type, and what is in them weighs all the same',
      '{ user(all: { name: "a" }) { id } }',
      3,
    ],
    ['may take something off', '{ cheaper(approximate: true) { id } }', 2],
    ['never make a field less than free', '{ cheaper(approximate: true) { id } user { id } }', 3],
  ])('%s', (_what, query, expected) => expect(cost(query)).toBe(expected));

  it('weigh the same in variables', () => {
    const query =
      'query ($filter: Filter, $near: Place, $name: String) { user(filter: $filter, near: $near) { id } b: user(filter: { name: $name }) { id } }';
    expect(cost(query, {})).toBe(3);
    expect(cost(query, { filter: { name: 'a', and: [{ name: 'b' }] }, near: 'here', name: 'c' })).toBe(
      2 + 1 + 6 + 3 + 2,
    );
    expect(cost(query, { filter: null, near: null, name: null })).toBe(3);
  });

  it('take their weight off by a variable', () => {
    const query = 'query ($approximate: Boolean) { cheaper(approximate: $approximate) { id } }';
    expect([cost(query, {}), cost(query, { approximate: false })]).toEqual([5, 2]);
  });
});

describe('a list', () => {
  it.each([
    ['is as long as its slicing argument', '{ users(first: 30) { id } }', 30],
    ['by another one', '{ users(first: null, last: 7) { id } }', 7],
    ['by the longer of two', '{ users(first: 3, last: 7) { id } }', 7],
    ['by the argument’s default', '{ users { id } }', 5],
    ['as usual where its argument is null', '{ users(first: null) { id } }', 10],
    ['is never shorter than nothing', '{ users(first: -5) { id } }', 0],
    ['by a value inside an argument', '{ search(by: { page: { first: 8 } }) { id } }', 2 + 8],
    ['by that value’s default', '{ search(by: { page: {} }) { id } }', 2 + 6],
    ['by the default of all', '{ search { id } }', 2 + 4],
    ['as usual where the way to it ends', '{ search(by: { words: ["a"] }) { id } }', 1 + 10],
    ['as a list of ids', '{ byIds(ids: [1, 2, 3]) { id } }', 3],
    ['as its assumed size', '{ few { id } }', 3],
    ['as usual where nothing is said', '{ unsized { id } }', 10],
    ['of lists multiplies', '{ grid { id } }', 100],
    ['of numbers is free', '{ numbers }', 0],
    [
      'multiplies what is below it',
      '{ users(first: 3) { friends(first: 4) { age best { id } } } }',
      3 * (1 + 4 * (1 + 2 + 1)),
    ],
    [
      'makes sized fields as long, and nothing else',
      '{ page(first: 30) { nodes { id } edges { node { id } } total } }',
      1 + 30 + 30 * 2,
    ],
    [
      'makes sized fields below its own as long',
      '{ deep(first: 30) { users { nodes { id } edges { cursor } } } }',
      1 + 1 + 30 + 10,
    ],
  ])('%s', (_what, query, expected) => expect(cost(query)).toBe(expected));

  it('is as long as a variable', () => {
    const query = 'query ($first: Int = 15) { page(first: $first) { nodes { id } } }';
    expect(cost(query, { first: 40 })).toBe(41);
    expect(cost(query, { first: 15 })).toBe(16);
    expect(cost(query, { first: -1 })).toBe(1);
  });

  it('has the argument’s default where its variable is left out', () => {
    expect(cost('query ($first: Int) { users(first: $first) { id } }')).toBe(5);
  });

  it('is as long as a variable inside an argument, or inside of that', () => {
    const query =
      'query ($by: Search, $first: Int) { a: search(by: $by) { id } b: search(by: { page: { first: $first } }) { id } }';
    expect(cost(query, { by: { page: { first: 9 } }, first: 7 })).toBe(2 + 9 + 2 + 7);
    expect(cost(query, {})).toBe(2 + 4 + 2 + 6);
  });

  it('is as long as a variable that is a list', () => {
    expect(cost('query ($ids: [ID!]!) { byIds(ids: $ids) { id } }', { ids: ['1', '2'] })).toBe(2);
  });
});

describe('a list that requires exactly one slicing argument', () => {
  const refused = expect.objectContaining({
    message: 'Query.exact: expected exactly one of "first", "last", by which its cost is known.',
    extensions: { code: 'LIMIT_COST' },
  });
  const failure = (query: string, variables = {}): unknown => {
    try {
      return cost(query, variables);
    } catch (error) {
      return error;
    }
  };

  it('takes one', () => expect(cost('{ exact(last: 6) { id } }')).toBe(6));

  it.each(['{ exact { id } }', '{ exact(first: 1, last: 1) { id } }', '{ exact(first: null) { id } }'])(
    'refuses none and several: %s',
    (query) => expect(failure(query)).toEqual(refused),
  );

  it('refuses none and several in variables', () => {
    const query = 'query ($first: Int, $last: Int) { exact(first: $first, last: $last) { id } }';
    expect(failure(query, {})).toEqual(refused);
    expect(failure(query, { first: 1, last: 2 })).toEqual(refused);
    expect(cost(query, { first: null, last: 2 })).toBe(2);
  });

  it('refuses nothing where limits only measure, and takes what it may be', () => {
    const measured = createCostOf(schema, rules, { assumed: 10, refuses: false });
    expect(cost('{ exact { id } }', {}, measured)).toBe(10);
    expect(cost('{ exact(first: 2, last: 3) { id } }', {}, measured)).toBe(3);
  });
});

describe('fragments', () => {
  it.each([
    [
      'cost what is in them',
      '{ user { ...F ... on User { best { id } } ... { friends { id } } } } fragment F on User { age }',
      1 + 2 + 1 + 2,
    ],
    [
      'count a field once that stands in several',
      '{ user { ...F best { id } } user { best { best { id } } } } fragment F on User { best { age } }',
      1 + 1 + 2 + 1,
    ],
    ['count each alias', '{ a: user { id } b: user { id } user { id } }', 3],
    [
      'of a union count the highest type',
      '{ anything { ... on User { age best { id } } ... on Heavy { id } } }',
      30 + 3,
    ],
    [
      'of an interface count the highest type, and what is of all',
      '{ named { many { id } ... on Cat { lives { id } } ... on Dog { friend { best { id } } } } }',
      1 + 8 + 60,
    ],
    [
      'under a narrower type count for that type',
      '{ named { ... on Dog { ... on Named { many { id } } } ... on Cat { lives { id } } } }',
      1 + 60,
    ],
  ])('%s', (_what, query, expected) => expect(cost(query)).toBe(expected));

  it('take a field of an interface as the costliest of its types', () => {
    expect(cost('{ named { name } }')).toBe(1 + 9);
    expect(cost('{ named { ... on Dog { name } } }')).toBe(1);
    expect(cost('{ nameds { many { id } } }')).toBe(2 * (1 + 8));
  });

  it('spread twice under other conditions count where one holds', () => {
    const query =
      'query ($a: Boolean!, $b: Boolean!) { user { ...F @include(if: $a) ...F @skip(if: $b) } } fragment F on User { best { age } }';
    expect(cost(query, { a: false, b: true })).toBe(1);
    expect(cost(query, { a: true, b: true })).toBe(4);
    expect(cost(query, { a: false, b: false })).toBe(4);
  });
});

describe('what is left out', () => {
  it.each([
    ['{ user { best @include(if: false) { id } } }', 1],
    ['{ user { best @include(if: true) @skip(if: true) { id } } }', 1],
    ['{ user { ... @skip(if: true) { best { id } } } }', 1],
    ['{ user @include(if: true) { best @skip(if: false) { id } } }', 2],
  ])('costs nothing: %s', (query, expected) => expect(cost(query)).toBe(expected));

  it('costs nothing where a variable says so', () => {
    const query = 'query ($yes: Boolean!) { user { best @include(if: $yes) { age } ... @skip(if: $yes) { age } } }';
    expect([cost(query, { yes: true }), cost(query, { yes: false })]).toEqual([4, 3]);
  });
});

describe('a cost that grows without end', () => {
  it('is cut, and stays a number', () => {
    const nested = (levels: number): string =>
      `friends(first: 2147483647) { ${levels > 0 ? nested(levels - 1) : 'age'} }`;
    expect(cost(`{ user { ${nested(40)} } }`)).toBe(MOST_COST);
    const query = `query ($first: Int) { users(first: $first) { ${'friends(first: $first) { '.repeat(40)} id ${'}'.repeat(40)} } }`;
    expect(cost(query, { first: 2_147_483_647 })).toBe(MOST_COST);
    expect(cost(query, { first: 0 })).toBe(0);
  });

  it('is known without following each way there is', () => {
    const doubling = Array.from(
      { length: 12 },
      (_, index) =>
        `fragment F${index} on User { a${index}: best { ...F${index + 1} } b${index}: best { ...F${index + 1} } }`,
    );
    const query = `{ user { ...F0 } } ${doubling.slice(0, 8).join(' ')} fragment F8 on User { id }`;
    expect(cost(query)).toBe(2 ** 9 - 1);
  });
});

describe('what an operation costs at the least', () => {
  it.each([
    ['is what it costs, where no variable matters', '{ users(first: 3) { age } }', 9],
    ['has what no variable decides', 'query Q($id: ID!) { user(id: $id) { id } users(first: 7) { id } }', 8],
    ['has nothing of a list that may be empty', 'query Q($n: Int) { users(first: $n) { id } user { id } }', 1],
    ['has a size that is written beside one that is not', 'query Q($n: Int) { users(first: $n, last: 4) { id } }', 4],
    ['has nothing that may be left out', 'query Q($a: Boolean!) { user { id best @include(if: $a) { id } } }', 1],
    ['has each list as often as it must be', 'query Q($n: Int) { few { friends(first: $n) { best { id } } } }', 3],
    [
      'is nothing where a variable may take something off',
      'query Q($a: Boolean) { cheaper(approximate: $a) { id } }',
      0,
    ],
  ])('%s', (_what, query, expected) => {
    const sdl = query.includes('cheaper') ? SDL : SDL.replace('@cost(weight: -3)', '');
    const graph = graphOf(LINKS.imported, sdl);
    const { least } = costFor(query, createCostOf(graph.schema, graph.rules, { assumed: 10, refuses: true }));
    expect(Math.max(0, least)).toBe(expected);
  });

  it('is never more than what it costs, whatever is asked for and with which variables', () => {
    const parts = [
      'users(first: $n) { age best { id } }',
      'b: users(first: 3, last: $m) { friends(first: $n) { age } }',
      'byIds(ids: $ids) { id }',
      'user(filter: $filter) { id friends(first: $m) @include(if: $on) { id } }',
      'cheaper(approximate: $on) { id }',
      'search(by: { page: { first: $n } }) { id }',
      'named { name ... on Cat { lives @skip(if: $on) { id } } ... on Dog { friend { age } } }',
    ];
    const variables = fc.record({
      ...{ n: fc.nat(20), m: fc.nat(20), on: fc.boolean(), ids: fc.array(fc.constant('1'), { maxLength: 5 }) },
      filter: fc.constantFrom(null, {}, { name: 'a', and: [{ name: 'b' }] }),
    });
    const declared = '$n: Int, $m: Int, $on: Boolean!, $ids: [ID!]!, $filter: Filter';
    fc.assert(
      fc.property(fc.subarray(parts, { minLength: 1 }), variables, (some, given) => {
        const text = `query Q(${declared}) { ${some.join(' ')} }`;
        const document = parse(text);
        const [operation] = document.definitions;
        const found = costOf(document, operation as OperationDefinitionNode);
        expect(found.least).toBeLessThanOrEqual(found(given));
      }),
    );
  });
});

describe('the directives', () => {
  it.each([
    ['imported', SDL],
    ['renamed', SDL.replaceAll('@cost', '@price')],
    ['namespaced', SDL.replaceAll('@cost', '@effort').replaceAll('@listSize', '@effort__listSize')],
  ])('hold under the names that the supergraph has for them: %s', (link, sdl) => {
    const graph = graphOf(LINKS[link], sdl);
    const estimate = createCostOf(graph.schema, graph.rules, { assumed: 10, refuses: true });
    expect(cost('{ users(first: 3) { age } costly { id } }', {}, estimate)).toBe(9 + 7);
  });

  it('of another specification do not', () => {
    const document = parse(
      `schema @link(url: "https://example.org/cost/v0.1", import: ["@cost"]) { query: Query mutation: Mutation } ${SDL}`,
    );
    const others = readCostRules(document, linkedDirectives(document));
    expect(cost('{ costly { age } }', {}, createCostOf(schema, others, { assumed: 10, refuses: true }))).toBe(1);
  });

  it('may have weights as text, as IBM’s have', () => {
    const { schema: ibms, rules: stated } = graphOf(
      LINKS.imported,
      'type Query { a: Int @cost(weight: "2.5") b: Int @cost(weight: "heavy") } type Mutation { a: Int }',
    );
    const document = parse('{ a b }');
    const [operation] = document.definitions;
    expect(
      createCostOf(ibms, stated, { assumed: 10, refuses: true })(document, operation as OperationDefinitionNode)({}),
    ).toBe(3);
  });
});
