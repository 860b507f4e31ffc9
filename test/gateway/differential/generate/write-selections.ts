/** Selections by choices: fields, and fragments of every kind that can be spread where they stand. */
import {
  type DirectiveNode,
  doTypesOverlap,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isRequiredArgument,
  isUnionType,
  Kind,
  type NameNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { createRandom, type Random } from '../../../attack/random.ts';
import type { Choice } from './choices.ts';
import type { ValueWriter } from './write-values.ts';

/** Enough for everything to happen in. */
const MOST_SELECTIONS = 60;

/** Aliases that something in an engine may take for its own, beside those like fields of the type. */
const ALIASES = ['a', 'b', '__typename', '__proto__', 'constructor', 'toString', 'alias_a', '_entities', 'id'] as const;

interface SelectionWriter {
  selectionSet(type: GraphQLCompositeType, choices: readonly Choice[]): SelectionSetNode;
  /** Those that were spread so far. */
  fragments(): readonly FragmentDefinitionNode[];
}

export function createSelectionWriter(schema: GraphQLSchema, values: ValueWriter): SelectionWriter {
  const fragments: FragmentDefinitionNode[] = [];
  let left = MOST_SELECTIONS;

  const selectionSet = (type: GraphQLCompositeType, choices: readonly Choice[]): SelectionSetNode => {
    const selections = choices.flatMap((each) => (left > 0 ? [selection(type, each)] : []));
    return { kind: Kind.SELECTION_SET, selections: selections.length > 0 ? selections : [plainest(type)] };
  };

  const selection = (type: GraphQLCompositeType, choice: Choice): SelectionNode => {
    left -= 1;
    const [way, index] = [choice.what % 10, Math.floor(choice.what / 10)];
    const random = createRandom(choice.how, 'selection', choice.what);
    const isPlain = choice.how === 0;
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const field = fields[index % Math.max(fields.length, 1)];
    if (way === 9) return spread(type, choice, random);
    // what types behind an interface ask for beside each other is where plans are most easily wrong
    if (way === 8 || (way >= 5 && way !== 7 && isAbstractType(type)) || (!field && way > 0))
      return inline(type, choice, random);
    const ways = { ...aliasOf(type, random, isPlain), ...withDirectives(directives(values, random, isPlain)) };
    if (way === 7 || !field) return { ...TYPENAME, ...ways };
    return { ...fieldOf(field, choice, random), ...ways };
  };

  const fieldOf = (field: GraphQLField<unknown, unknown>, { how, inner }: Choice, random: Random): FieldNode => {
    const type = getNamedType(field.type);
    const given = values.argumentsOf(field, random, how === 0);
    return {
      kind: Kind.FIELD,
      name: nameNode(field.name),
      ...(given.length > 0 && { arguments: given }),
      ...(isCompositeType(type) && { selectionSet: selectionSet(type, inner) }),
    };
  };

  const inline = (type: GraphQLCompositeType, { how, inner }: Choice, random: Random): SelectionNode => {
    const condition =
      how === 0 ? undefined : random.pick([undefined, type, ...overlapping(schema, type), ...possible(schema, type)]);
    return {
      kind: Kind.INLINE_FRAGMENT,
      ...(condition && { typeCondition: { kind: Kind.NAMED_TYPE, name: nameNode(condition.name) } }),
      ...withDirectives(directives(values, random, how === 0)),
      selectionSet: selectionSet(condition ?? type, inner),
    };
  };

  const spread = (type: GraphQLCompositeType, { how, inner }: Choice, random: Random): SelectionNode => {
    const types = [type, ...overlapping(schema, type)];
    const known = fragments.filter(({ typeCondition: { name } }) => types.some((each) => each.name === name.value));
    const name = known.length > 0 && random.chance(0.4) ? random.pick(known).name : fragment(random.pick(types), inner);
    return { kind: Kind.FRAGMENT_SPREAD, name, ...withDirectives(directives(values, random, how === 0)) };
  };

  /** Known only once it is whole: no fragment spreads itself. */
  const fragment = (type: GraphQLCompositeType, inner: readonly Choice[]): NameNode => {
    const set = selectionSet(type, inner);
    const name = nameNode(`F${fragments.length + 1}`);
    fragments.push({
      kind: Kind.FRAGMENT_DEFINITION,
      name,
      typeCondition: { kind: Kind.NAMED_TYPE, name: nameNode(type.name) },
      selectionSet: set,
    });
    return name;
  };

  return { selectionSet, fragments: () => fragments };
}

const nameNode = (value: string): NameNode => ({ kind: Kind.NAME, value });
const TYPENAME: FieldNode = { kind: Kind.FIELD, name: nameNode('__typename') };

/** The first leaf that needs no argument. */
function plainest(type: GraphQLCompositeType): FieldNode {
  const fields = isUnionType(type) ? [] : Object.values(type.getFields());
  const leaf = fields.find((each) => isLeafType(getNamedType(each.type)) && !each.args.some(isRequiredArgument));
  return leaf ? { kind: Kind.FIELD, name: nameNode(leaf.name) } : TYPENAME;
}

function aliasOf(type: GraphQLCompositeType, random: Random, isPlain: boolean): { alias?: NameNode } {
  if (isPlain || !random.chance(0.4)) return {};
  const fields = isUnionType(type) ? [] : Object.keys(type.getFields());
  return { alias: nameNode(random.pick(random.chance(0.5) && fields.length > 0 ? fields : ALIASES)) };
}

const withDirectives = (given: readonly DirectiveNode[]) => (given.length > 0 ? { directives: given } : {});

function directives(values: ValueWriter, random: Random, isPlain: boolean): DirectiveNode[] {
  if (isPlain || !random.chance(0.25)) return [];
  return random.some(['skip', 'include'], random.chance(0.2) ? 2 : 1).map((name) => ({
    kind: Kind.DIRECTIVE,
    name: nameNode(name),
    arguments: [{ kind: Kind.ARGUMENT, name: nameNode('if'), value: values.condition(random) }],
  }));
}

const possible = (schema: GraphQLSchema, type: GraphQLCompositeType): readonly GraphQLCompositeType[] =>
  isAbstractType(type) ? schema.getPossibleTypes(type) : [];

const overlapping = (schema: GraphQLSchema, type: GraphQLCompositeType): GraphQLCompositeType[] =>
  Object.values(schema.getTypeMap()).filter(
    (each): each is GraphQLCompositeType =>
      isCompositeType(each) && each !== type && !each.name.startsWith('__') && doTypesOverlap(schema, type, each),
  );
