import { buildSchema, type GraphQLSchema, parse, printSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { linkedDirectives } from '../linked-directives.ts';
import { contractSchema } from './contract-schema.ts';
import { placesTagged } from './tags.ts';

const HEAD = `schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/tag/v0.3", as: "marked") { query: Query }
  directive @marked(name: String!) repeatable on OBJECT | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | FIELD_DEFINITION | ARGUMENT_DEFINITION | SCALAR
  directive @link(url: String!, as: String) repeatable on SCHEMA
`;

/** `@p` is the tag of the contract. */
function contract(sdl: string): GraphQLSchema {
  const head = sdl.includes('type Mutation')
    ? HEAD.replace('{ query: Query }', '{ query: Query mutation: Mutation }')
    : HEAD;
  const text = head + sdl.replaceAll('@p', '@marked(name: "p")');
  const document = parse(text);
  return contractSchema('p', buildSchema(text), placesTagged('p', document, linkedDirectives(document)));
}

const printed = (sdl: string): string => printSchema(contract(sdl)).replace(/\s+/g, ' ');

describe('a contract', () => {
  it('has the fields and arguments that are tagged, and what they reach', () => {
    expect(
      printed(`
      type Query { a(x: Int @p, y: Int): A @p  b: B }
      type A { id: ID! @p  date: Date @p  secret: String  b: B }
      type B { id: ID! @p }
      scalar Date
      scalar Other`),
    ).toBe('type Query { a(x: Int): A } type A { id: ID! date: Date } scalar Date');
  });

  it('has all fields of a type that is tagged, and no argument that is not', () => {
    expect(printed('type Query { a: A @p } type A @p { one: Int two(x: Int, y: Int @p): Int }')).toBe(
      'type Query { a: A } type A { one: Int two(y: Int): Int }',
    );
  });

  it('is not opened by the tag of another', () => {
    expect(printed('type Query { a: Int @p  b: Int @marked(name: "q") c: Int @marked(name: "pp") }')).toBe(
      'type Query { a: Int }',
    );
  });

  it('has the values and input fields that are tagged', () => {
    expect(
      printed(`
      type Query { find(filter: Filter = { kind: ONE } @p): Kind @p }
      input Filter { kind: Kind @p  secret: Int }
      enum Kind { ONE @p  TWO }`),
    ).toBe('type Query { find(filter: Filter = {kind: ONE}): Kind } input Filter { kind: Kind } enum Kind { ONE }');
  });

  it('has of a union and of an interface the types with something tagged', () => {
    expect(
      printed(`
      type Query { pet: Pet @p  node: Node @p }
      union Pet @p = Cat | Dog
      interface Node { id: ID! @p  secret: Int }
      type Cat implements Node { id: ID! @p  secret: Int }
      type Dog implements Node { id: ID!  secret: Int }`),
    ).toBe(
      'type Query { pet: Pet node: Node } union Pet = Cat interface Node { id: ID! } type Cat implements Node { id: ID! }',
    );
  });

  it('has no interface of which nothing is tagged, and no mutation', () => {
    expect(
      printed(`
      type Query { cat: Cat @p }
      type Mutation { drown: Cat }
      interface Node { id: ID! }
      type Cat implements Node { id: ID! @p }`),
    ).toBe('type Query { cat: Cat } type Cat { id: ID! }');
  });

  it('keeps descriptions and deprecations, and is reached in a circle', () => {
    expect(printSchema(contract('type Query { "Ask." q: Query @p @deprecated(reason: "Old.") }'))).toBe(
      'type Query {\n  """Ask."""\n  q: Query @deprecated(reason: "Old.")\n}',
    );
  });
});

describe('a contract that does not hold', () => {
  it.each([
    ['nothing to ask for', 'type Query { a: Int }', 'A query gives Query, of which no field is tagged.'],
    ['an empty type', 'type Query { a: A @p } type A { b: Int }', 'Query.a gives A, of which no field is tagged.'],
    ['a required argument left out', 'type Query { a(x: Int!): Int @p }', 'Query.a(x:) is required, and not tagged.'],
    [
      'a required input field left out',
      'type Query { a(i: I @p): Int @p } input I { x: Int @p  y: Int! }',
      'I.y is required, and not tagged.',
    ],
    [
      'an empty input',
      'type Query { a(i: I @p): Int @p } input I { x: Int }',
      'Query.a(i:) takes I, of which no field is tagged.',
    ],
    ['an empty enum', 'type Query { a: E @p } enum E { X }', 'Query.a needs E, of which no value is tagged.'],
    [
      'a hole in an implementation',
      'type Query { n: N @p } interface N { a: Int @p  b: Int @p } type T implements N { a: Int @p  b: Int }',
      'N.b is tagged, and T.b, which implements it, is not.',
    ],
    [
      'a hole in the arguments of one',
      'type Query { n: N @p } interface N { a(x: Int @p): Int @p } type T implements N { a(x: Int): Int @p }',
      'N.a(x:) is tagged, and T.a(x:), which implements it, is not.',
    ],
    [
      'an interface with nothing behind it',
      'type Query { n: N @p } interface N { a: Int @p } type T implements N { a: Int }',
      'Query.n gives N, behind which no type has a field that is tagged.',
    ],
    [
      'a union that is not tagged',
      'type Query { u: U @p } union U = T type T { a: Int @p }',
      'Query.u gives U, which is not tagged.',
    ],
    [
      'a default with a hidden value',
      'type Query { a(e: E = Y @p): Int @p } enum E { X @p  Y }',
      'Query.a(e:) has a default with E.Y in it, which is not tagged.',
    ],
    [
      'a default with a hidden input field',
      'type Query { a(i: [I!] = [{ x: 1, y: 2 }] @p): Int @p } input I { x: Int @p  y: Int }',
      'Query.a(i:) has a default with I.y in it, which is not tagged.',
    ],
  ])('says of %s where it is', (_what, sdl, problem) => {
    expect(() => contract(sdl)).toThrow(new Error(`The contract "p" does not hold:\n- ${problem}`));
  });

  it('says all that is wrong at once', () => {
    expect(() => contract('type Query { a: A @p  b(x: Int!): Int @p } type A { c: Int }')).toThrow(
      /Query\.a gives A[\s\S]*Query\.b\(x:\) is required/,
    );
  });
});
