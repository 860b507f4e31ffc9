/** Arguments that hold: literals, variables, and variables inside of literals; given, left to a default, or left out. */
import {
  type ArgumentNode,
  type ConstValueNode,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  Kind,
  parseConstValue,
  parseType,
  parseValue,
  type ValueNode,
  type VariableDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';
import type { Random } from '../../../attack/random.ts';

export interface ValueWriter {
  argumentsOf(field: GraphQLField<unknown, unknown>, random: Random, isPlain: boolean): ArgumentNode[];
  /** For `@skip` and `@include`. */
  condition(random: Random): ValueNode;
  definitions(): VariableDefinitionNode[];
  variables(): Record<string, unknown>;
}

/** Names that an engine may have for its own. */
const NAMES = ['v', 'representations', 'first', 'id', 'constructor'] as const;

const DEEPEST = 3;

/** A place for a value: its type, and whether it has a default of its own. */
interface Place {
  type: GraphQLInputType;
  hasDefault: boolean;
}

export function createValueWriter(ids: readonly string[]): ValueWriter {
  const declared: { definition: VariableDefinitionNode; given?: { value: unknown } }[] = [];

  const declare = (type: string, defaultValue: string | null, given: string | null, random: Random): ValueNode => {
    const known = new Set(declared.map(({ definition }) => definition.variable.name.value));
    const free = NAMES.filter((each) => !known.has(each));
    const name = random.chance(0.4) && free.length > 0 ? random.pick(free) : `v${declared.length + 1}`;
    const variable = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } } as const;
    declared.push({
      definition: {
        kind: Kind.VARIABLE_DEFINITION,
        variable,
        type: parseType(type, { noLocation: true }),
        ...(defaultValue !== null && { defaultValue: constant(defaultValue) }),
      },
      ...(given !== null && { given: { value: valueFromASTUntyped(constant(given)) } }),
    });
    return variable;
  };

  /** Null is given, and a variable left out, only where there is no way for it to be refused. */
  const variable = ({ type, hasDefault }: Place, random: Random): ValueNode => {
    const bare = isNonNullType(type) ? type.ofType : type;
    const value = () => literal(bare, random, DEEPEST - 1);
    const isStrict = isNonNullType(type);
    if (isStrict && hasDefault && random.chance(0.3)) return declare(`${bare}`, null, null, random);
    if (random.chance(0.3))
      return declare(`${bare}${isStrict ? '!' : ''}`, value(), random.chance(0.5) ? value() : null, random);
    if (isStrict || random.chance(0.2)) return declare(`${bare}!`, null, value(), random);
    return declare(`${bare}`, null, random.pick([value(), value(), 'null', null]), random);
  };

  const literal = (type: GraphQLInputType, random: Random, depth: number, inside?: ValueSource): string => {
    if (isNonNullType(type)) return literal(type.ofType, random, depth, inside);
    const value = (place: Place) => inside?.(place) ?? nested(place.type, random, depth - 1, inside);
    if (isListType(type)) {
      // one value for a list of it; a variable would have to be of the list's own type
      if (random.chance(0.15)) return literal(type.ofType, random, depth);
      const items = Array.from({ length: random.below(3) }, () => value({ type: type.ofType, hasDefault: false }));
      return `[${items.join(', ')}]`;
    }
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((each) => isWanted(each, random, depth));
      return `{ ${fields.map((each) => `${each.name}: ${value(placeOf(each))}`).join(', ')} }`;
    }
    if (isEnumType(type)) return random.pick(type.getValues()).name;
    return scalar(type.name, random, ids);
  };

  const nested: typeof literal = (type, random, depth, inside) =>
    !isNonNullType(type) && random.chance(0.15) ? 'null' : literal(type, random, depth, inside);

  return {
    argumentsOf(field, random, isPlain) {
      const given = field.args.filter((each) => isRequiredArgument(each) || (!isPlain && random.chance(0.5)));
      const inside: ValueSource = (place) => {
        const node = !isPlain && random.chance(0.1) ? variable(place, random) : null;
        return node?.kind === Kind.VARIABLE ? `$${node.name.value}` : null;
      };
      return given.map((each): ArgumentNode => {
        const place = { type: each.type, hasDefault: each.defaultValue !== undefined };
        const value =
          !isPlain && random.chance(0.4)
            ? variable(place, random)
            : parseValue(nested(each.type, random, DEEPEST, inside), { noLocation: true });
        return { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: each.name }, value };
      });
    },
    condition(random) {
      const [value, other] = [`${random.chance(0.5)}`, `${random.chance(0.5)}`];
      if (random.chance(0.3)) return constant(value);
      if (random.chance(0.5)) return declare('Boolean!', null, value, random);
      return declare(random.pick(['Boolean', 'Boolean!']), value, random.pick([other, null]), random);
    },
    definitions: () => declared.map(({ definition }) => definition),
    variables: () =>
      Object.fromEntries(
        declared.flatMap(({ definition, given }) => (given ? [[definition.variable.name.value, given.value]] : [])),
      ),
  };
}

/** A variable for a place inside of a literal, now and then. */
type ValueSource = (place: Place) => string | null;

const constant = (text: string): ConstValueNode => parseConstValue(text, { noLocation: true });

const placeOf = ({ type, defaultValue }: GraphQLInputField): Place => ({
  type,
  hasDefault: defaultValue !== undefined,
});

const isWanted = (field: GraphQLInputField, random: Random, depth: number): boolean =>
  isRequiredInputField(field) || (depth > 0 && random.chance(0.5));

function scalar(name: string, random: Random, ids: readonly string[]): string {
  if (name === 'ID') return JSON.stringify(random.pick([...ids, 'nothing']));
  if (name === 'Int') return `${random.pick([1, 2, 0, 20, -1, 2 ** 31 - 1])}`;
  if (name === 'Float') return random.pick(['1.5', '2', '-0.25', '1e3']);
  if (name === 'Boolean') return `${random.chance(0.5)}`;
  if (name === 'Json')
    return random.pick(['{ a: [1, "x", null, { b: true }] }', '[]', '"text"', '1.5', '{ __typename: "Shelf" }']);
  return JSON.stringify(random.pick(['text', '', 'a "quoted" one', 'naïve ☃', '$id', '2026-11-18']));
}
