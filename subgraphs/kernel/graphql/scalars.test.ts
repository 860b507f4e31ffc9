import { buildSchema, type ExecutionResult, GraphQLError, GraphQLScalarType, graphqlSync } from 'graphql';
import { describe, expect, it } from 'vitest';
import { scalarResolvers } from './scalars.ts';

const scalars = Object.values(scalarResolvers);

/** A schema in which `echo<Scalar>(value)` answers its argument and `stored<Scalar>` what the root value holds. */
const schema = buildSchema(`
  ${scalars.map(({ name }) => `scalar ${name}`).join('\n')}
  type Query { ${scalars.map(({ name }) => `echo${name}(value: ${name}!): ${name}! stored${name}: ${name}`).join('\n')} }
`);
for (const scalar of scalars) {
  const declared = schema.getType(scalar.name);
  if (declared instanceof GraphQLScalarType) {
    const { serialize, parseValue, parseLiteral } = scalar;
    Object.assign(declared, { serialize, parseValue, parseLiteral });
  }
}

type Name = keyof typeof scalarResolvers;

const asLiteral = (name: Name, literal: string) =>
  graphqlSync({
    schema,
    source: `{ value: echo${name}(value: ${literal}) }`,
    rootValue: { [`echo${name}`]: ({ value }: { value: unknown }) => value },
  });
const asVariable = (name: Name, value: unknown) =>
  graphqlSync({
    schema,
    source: `query ($value: ${name}!) { value: echo${name}(value: $value) }`,
    rootValue: { [`echo${name}`]: (args: { value: unknown }) => args.value },
    variableValues: { value },
  });
const stored = (name: Name, value: unknown) =>
  graphqlSync({ schema, source: `{ value: stored${name} }`, rootValue: { [`stored${name}`]: value } });
const answer = (result: ExecutionResult) => result.data?.value;

const valid: [Name, string, string][] = [
  ['URN', '123456', '123456'],
  ['UPN', ' x00180001701a', 'X00180001701A'],
  ['UCI', '12345b241001c', '12345B241001C'],
  ['ULN', '9276308686', '9276308686'],
  ['TRN', 'RP99/12345', '9912345'],
  ['DfENumber', '1234567', '123/4567'],
  ['Date', '2024-02-29', '2024-02-29'],
  ['DateTime', '2024-09-02T10:30:00+01:00', '2024-09-02T09:30:00.000Z'],
  ['Time', '09:05', '09:05'],
];

/** Wrong by a little, as real typing errors are: what must not come back is what somebody may have meant. */
const invalid: [Name, string][] = [
  ['URN', '1234567'],
  ['UPN', 'Q207000016049'],
  ['UCI', '555550101234V'],
  ['ULN', '9276308687'],
  ['TRN', '98765432'],
  ['DfENumber', '000/4567'],
  ['Date', '2011-02-29'],
  ['DateTime', '2011-02-28T09:30:00'],
  ['Time', '24:05'],
];

const thrownBy = (action: () => unknown): unknown => {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('a scalar', () => {
  it.each(valid)('%s takes "%s" as a literal and as a variable and answers %s', (name, text, canonical) => {
    expect(asLiteral(name, JSON.stringify(text))).toEqual({ data: { value: canonical } });
    expect(asVariable(name, text)).toEqual({ data: { value: canonical } });
  });

  it.each(invalid)('%s refuses the literal "%s" without repeating it', (name, text) => {
    const [error] = asLiteral(name, JSON.stringify(text)).errors ?? [];
    expect(error?.message).toMatch(new RegExp(`^${name}: Expected `));
    expect(error?.message).not.toContain(text);
    expect(error?.extensions.code).toBe('BAD_USER_INPUT');
    expect(error?.locations).toHaveLength(1);
  });

  it.each(invalid)('%s refuses the value "%s" without repeating it', (name, text) => {
    const error = thrownBy(() => scalarResolvers[name].parseValue(text));
    expect(error).toBeInstanceOf(GraphQLError);
    expect(error).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(JSON.stringify(error)).toContain(`${name}: Expected `);
    expect(JSON.stringify(error)).not.toContain(text);
  });

  // graphql puts "got invalid value <the value>" in front; whoever answers must send the original error instead.
  it.each(invalid)('%s leaves a clean original error for the variable "%s"', (name, text) => {
    const [error] = asVariable(name, text).errors ?? [];
    expect(error?.extensions.code).toBe('BAD_USER_INPUT');
    expect(error?.originalError?.message).toMatch(new RegExp(`^${name}: Expected `));
    expect(error?.originalError?.message).not.toContain(text);
  });

  it.each(invalid)('%s does not show a stored "%s", nor blames the caller', (name, text) => {
    const result = stored(name, text);
    expect(answer(result)).toBeNull();
    expect(result.errors?.[0]?.message).toMatch(new RegExp(`^${name}: a stored value cannot be shown. Expected `));
    expect(JSON.stringify(result)).not.toContain(text);
    expect(result.errors?.[0]?.extensions).toEqual({});
  });

  it.each(scalars)('$name refuses what is neither text nor number', (scalar) => {
    for (const value of [true, ['123456'], { value: '123456' }, null, 12.5]) {
      expect(thrownBy(() => scalar.parseValue(value))).toBeInstanceOf(GraphQLError);
      expect(() => scalar.serialize(value)).toThrow(`${scalar.name}: `);
    }
    for (const literal of ['true', '["123456"]', '{ a: "123456" }', '12.5', 'URN']) {
      expect(asLiteral(scalar.name as Name, literal).errors?.[0]?.message).toMatch(/: Expected /);
    }
  });

  it.each(scalars)('$name tells a person in the sandbox what it is, with an example', (scalar) => {
    expect(scalar.description).toMatch(/`"[^`]+"`/);
  });

  it.each(scalars)('$name accepts the examples of its own description and error text', (scalar) => {
    const error = thrownBy(() => scalar.parseValue(''));
    const texts = `${scalar.description} ${error instanceof Error ? error.message : ''}`;
    const examples = [...texts.matchAll(/"([^"]+)"/g)].map(([, example]) => example);
    expect(examples.length).toBeGreaterThanOrEqual(2);
    for (const example of examples) expect(thrownBy(() => scalar.parseValue(example))).toBeUndefined();
  });

  it('has the name that it is listed under', () => {
    for (const [name, scalar] of Object.entries(scalarResolvers)) expect(scalar.name).toBe(name);
  });
});

describe('URN', () => {
  it('takes a whole number too, and answers text', () => {
    expect(asLiteral('URN', '123456')).toEqual({ data: { value: '123456' } });
    expect(asVariable('URN', 12345)).toEqual({ data: { value: '12345' } });
    expect(stored('URN', 123456)).toEqual({ data: { value: '123456' } });
  });

  it.each(['1234', '1234567', '-123456', '123456.0', '12345678901234567890'])('refuses the number %s', (literal) => {
    expect(asLiteral('URN', literal).errors?.[0]?.message).toMatch(/^URN: Expected /);
  });

  it('is the only one that does', () => {
    for (const { name } of scalars.filter((scalar) => scalar.name !== 'URN')) {
      expect(asLiteral(name as Name, '1234567').errors?.[0]?.message).toMatch(/: Expected /);
      expect(asVariable(name as Name, 1234567).errors).toHaveLength(1);
    }
  });
});

describe('values from the database', () => {
  it('give a Date from a JS Date at midnight UTC, and from no other', () => {
    expect(answer(stored('Date', new Date('2024-09-01T00:00:00Z')))).toBe('2024-09-01');
    expect(answer(stored('Date', new Date('2024-08-31T23:00:00Z')))).toBeNull();
    expect(answer(stored('Date', new Date('not a date')))).toBeNull();
  });

  it('give a DateTime in UTC from a JS Date, RFC 3339 text and the text of PostgreSQL', () => {
    const moment = '2024-09-02T09:30:00.000Z';
    expect(answer(stored('DateTime', new Date(moment)))).toBe(moment);
    expect(answer(stored('DateTime', '2024-09-02T10:30:00+01:00'))).toBe(moment);
    expect(answer(stored('DateTime', '2024-09-02 10:30:00+01'))).toBe(moment);
    expect(answer(stored('DateTime', new Date('not a date')))).toBeNull();
  });

  it('give a Time without the seconds that PostgreSQL adds', () => {
    expect(answer(stored('Time', '09:05:00'))).toBe('09:05');
    expect(answer(stored('Time', new Date('2024-09-02T09:05:00Z')))).toBeNull();
  });
});
