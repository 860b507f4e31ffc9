import { buildSchema, getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { coerceVariables } from '../../gateway/operations/variables.ts';

const schema = buildSchema(`
  input Inner { count: Int! names: [String!] }
  input Outer { inner: [Inner!] day: Day note: String = "none" }
  enum Day { MONDAY }
  type Query { a(first: Int, outer: Outer, id: ID!): Int }
`);
const coerce = (header: string, given: Record<string, unknown>, seesSchema = true) => {
  const operation = getOperationAST(parse(`query (${header}) { a(id: "1") }`));
  if (!operation) throw new Error('The test names no operation.');
  return coerceVariables(schema, operation, given, seesSchema);
};

describe('variables', () => {
  it('are coerced, with defaults where they are not given', () => {
    expect(coerce('$first: Int = 20, $outer: Outer, $id: ID!', { id: 7, outer: { inner: { count: 1 } } })).toEqual({
      first: 20,
      id: '7',
      outer: { inner: [{ count: 1 }], note: 'none' },
    });
  });

  it('keep null apart from what is not given', () => {
    expect(coerce('$first: Int = 20', { first: null })).toEqual({ first: null });
    expect(coerce('$first: Int', {})).toEqual({});
  });

  it.each([
    ['$first: Int', { first: 'CANARY' }, 'Variable "$first" is not valid: expected Int.'],
    ['$id: ID!', {}, 'Variable "$id" is not valid: expected ID!, which must be given.'],
    ['$id: ID!', { id: null }, 'Variable "$id" is not valid: expected ID!.'],
    ['$outer: Outer', { outer: { day: 'CANARY' } }, 'Variable "$outer" at "day" is not valid: expected Day.'],
    [
      '$outer: Outer',
      { outer: { inner: [{ count: 1 }, { count: 'CANARY' }] } },
      'Variable "$outer" at "inner.1.count" is not valid: expected Int!.',
    ],
    ['$outer: Outer', { outer: { CANARY: 1 } }, 'Variable "$outer" is not valid: expected Outer.'],
    ['$outer: Outer', { outer: { inner: [{}] } }, 'Variable "$outer" at "inner.0" is not valid: expected Inner!.'],
  ])('%s: an error says the place and what was expected, never the value', (header, given, message) => {
    expect(() => coerce(header, given)).toThrow(
      expect.objectContaining({ message, extensions: { code: 'BAD_USER_INPUT' } }),
    );
  });

  it.each([
    ['$first: Int', { first: 'CANARY' }, 'Variable "$first" is not valid: expected Int.'],
    ['$outer: Outer', { outer: { day: 'CANARY' } }, 'Variable "$outer" at "day" is not valid: expected another value.'],
    ['$outer: Outer', { outer: { inner: {} } }, 'Variable "$outer" at "inner" is not valid: expected another value.'],
    ['$outer: Outer', { outer: { CANARY: 1 } }, 'Variable "$outer" is not valid: expected Outer.'],
  ])('%s: without the schema, an error names no type but that of the operation', (header, given, message) => {
    expect(() => coerce(header, given, false)).toThrow(expect.objectContaining({ message }));
  });

  it('are own properties only', () => {
    expect(coerce('$first: Int', Object.create({ first: 1 }))).toEqual({});
  });
});
