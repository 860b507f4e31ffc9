/** Operations that nobody has written: valid ones of the API's schema, with arguments that mostly hold. */
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Random } from '../random.ts';

const DEEPEST = 4;
const LONGEST_STRING = 12;

export function generateOperation(schema: GraphQLSchema, random: Random, ids: readonly string[]): string {
  const isMutation = random.chance(0.2);
  const root = isMutation ? schema.getMutationType() : schema.getQueryType();
  if (!root) throw new Error('Expected a schema with queries and mutations.');
  const fields = random.some(Object.values(root.getFields()), isMutation ? 1 : 1 + random.below(2));
  const text = fields.map((field) => printField(schema, field, random, ids, DEEPEST)).join(' ');
  return `${isMutation ? 'mutation' : 'query'} Generated { ${text} }`;
}

function printField(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
  random: Random,
  ids: readonly string[],
  depth: number,
): string {
  const given = field.args.filter(({ type }) => isNonNullType(type) || random.chance(0.4));
  const args = given.map(({ name, type }) => `${name}: ${literal(type, random, ids)}`).join(', ');
  const alias = random.chance(0.2) ? `${random.pick(['a', 'b', 'id', '__x', 'guestGrant'])}: ` : '';
  const directive = random.chance(0.05) ? ` @${random.pick(['include', 'skip'])}(if: ${random.chance(0.5)})` : '';
  const selection = selectionOf(schema, getNamedType(field.type).name, random, ids, depth - 1);
  return `${alias}${field.name}${args && `(${args})`}${directive}${selection && ` { ${selection} }`}`;
}

function selectionOf(
  schema: GraphQLSchema,
  typeName: string,
  random: Random,
  ids: readonly string[],
  depth: number,
): string {
  const type = schema.getType(typeName);
  if (!isCompositeType(type)) return '';
  if (isAbstractType(type)) return '__typename';
  const fields = Object.values(type.getFields()).filter((each) => depth > 0 || !isObjectType(getNamedType(each.type)));
  if (fields.length === 0) return '__typename';
  return random
    .some(fields, 1 + random.below(4))
    .map((each) => printField(schema, each, random, ids, depth))
    .join(' ');
}

/** A value of the type, now and then one that is not. */
function literal(type: GraphQLInputType, random: Random, ids: readonly string[], depth = 3): string {
  if (random.chance(0.02)) return random.pick(ODD_LITERALS);
  if (isNonNullType(type)) return literal(type.ofType, random, ids, depth);
  if (random.chance(0.03)) return 'null';
  if (isListType(type)) {
    const length = random.below(3);
    return `[${Array.from({ length }, () => literal(type.ofType, random, ids, depth)).join(', ')}]`;
  }
  if (isEnumType(type)) return random.pick(type.getValues()).name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((each) => isNonNullType(each.type) || random.chance(0.3));
    return `{ ${fields.map((each) => `${each.name}: ${literal(each.type, random, ids, depth - 1)}`).join(', ')} }`;
  }
  return scalarOf(type.name, random, ids);
}

function scalarOf(name: string, random: Random, ids: readonly string[]): string {
  if (name === 'ID') return JSON.stringify(random.pick(ids));
  if (name === 'Int') return `${random.pick([0, 1, 2, 20, 100, 101, -1, 2 ** 31 - 1])}`;
  if (name === 'Boolean') return `${random.chance(0.5)}`;
  if (name === 'Date') return random.pick(['"2026-11-18"', '"2026-02-30"', '"0001-01-01"', '"9999-12-31"']);
  if (name === 'Time') return random.pick(['"09:30"', '"24:00"']);
  if (name === 'URN') return random.pick(['900001', '"900002"', '"900003"', '"100000"', '0']);
  return JSON.stringify(random.bytes(random.below(LONGEST_STRING)).toString('latin1'));
}

const ODD_LITERALS = [
  '$undefined',
  'true',
  '1e400',
  '-0',
  '"""block"""',
  '[[[]]]',
  '{ a: { b: 1 } }',
  'ENUM',
  '""',
  '"\\u0000"',
];
