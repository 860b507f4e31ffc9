/**
 * What an operation may cost at the most, before it is run: its static cost by IBM's specification
 * (https://ibm.github.io/graphql-specs/cost-spec.html), counted as Apollo Router does. An object costs 1 and other values
 * nothing where nothing else is stated, each as often as its lists may be long; arguments come on top, and a field of
 * `Mutation` costs 10 more.
 */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql';
import { createArgumentCost } from './argument-cost.ts';
import type { CostRules, SizedFields } from './cost-rules.ts';
import { createFieldWeights } from './field-weights.ts';
import { givenValue } from './given-value.ts';
import { listSizeTerm, type SizeOptions } from './list-sizes.ts';
import { type ConditionalSet, type SelectedField, selectedFields } from './selected-fields.ts';
import { evaluate, highest, leastOf, product, sum, type Term, type Variables, where } from './terms.ts';

const MUTATION_WEIGHT = 10;

/** Of `__schema` and `__type`, whose answers are long and come from no subgraph. */
const INTROSPECTION_WEIGHT = 100;

export interface OperationCost {
  /** A whole number, 0 at the least. `variables` are coerced. Throws GraphQLError where a size is not given as it must be. */
  (variables: Variables): number;
  /** What it costs at the least, whatever its variables are. */
  least: number;
}

/** Of an operation of a valid document, made once. Throws as what it makes, where no variable is needed to know. */
export type CostOf = (document: DocumentNode, operation: OperationDefinitionNode) => OperationCost;

/** How long fields are by what a field above them says. */
type Sizing = readonly { fields: SizedFields; size: Term }[];

export function createCostOf(schema: GraphQLSchema, rules: CostRules, sizes: SizeOptions): CostOf {
  const { weightOf, listSizesOf } = createFieldWeights(schema, rules);
  const costOfArgument = createArgumentCost(rules);
  const mutations = schema.getMutationType();

  return (document, operation) => {
    const fragments = new Map(
      document.definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
      ),
    );

    const costOfSelection = (parent: GraphQLCompositeType, sets: readonly ConditionalSet[], sizing: Sizing): Term =>
      mostOfTypes(
        selectedFields(schema, fragments, parent, sets).map((selected) => ({
          types: selected.types,
          cost: where(selected.condition, costOfField(selected, sizing)),
        })),
      );

    const costOfField = (selected: SelectedField, sizing: Sizing): Term => {
      const { parent, node, below } = selected;
      const name = node.name.value;
      if (name.startsWith('__')) return name === '__typename' ? 0 : INTROSPECTION_WEIGHT;
      const field = isUnionType(parent) ? undefined : parent.getFields()[name];
      if (!field) return 0;
      const coordinate = `${parent.name}.${name}`;
      const given = new Map(field.args.map((each) => [each.name, givenValue(each, valueOfArgument(node, each.name))]));
      const ofArguments = field.args.flatMap((each) => {
        const value = given.get(each.name);
        return value ? [costOfArgument(`${coordinate}(${each.name}:)`, each, value)] : [];
      });
      const stated = listSizesOf(selected).map(({ isOwn, ...listSize }) => ({
        fields: listSize.sizedFields,
        size: listSizeTerm(coordinate, listSize, given, { ...sizes, refuses: sizes.refuses && isOwn }),
      }));
      const fromAbove = sizing.filter(({ fields }) => fields.isSized(name));
      const type = getNamedType(field.type);
      const ofSelection = isCompositeType(type) ? costOfSelection(type, below, sizingBelow(name, sizing, stated)) : 0;
      const count = countOf(field.type, fromAbove.length > 0 ? fromAbove : stated, sizes.assumed);
      // what a weight below nothing takes off, it takes off its own field
      const ofItems = product(count, sum([weightOf(selected), ofSelection]));
      return highest([0, sum([ofItems, ...ofArguments, parent === mutations ? MUTATION_WEIGHT : 0])]);
    };

    const root = schema.getRootType(operation.operation);
    if (!root) return Object.assign(() => 0, { least: 0 });
    const cost = costOfSelection(root, [{ set: operation.selectionSet, condition: true }], []);
    return Object.assign((variables: Variables) => Math.ceil(evaluate(cost, variables)), { least: leastOf(cost) });
  };
}

const valueOfArgument = ({ arguments: given = [] }: FieldNode, name: string): ValueNode | undefined =>
  given.find((each) => each.name.value === name)?.value;

/** How many items there may be, of lists in lists, too. */
function countOf(type: GraphQLOutputType, stated: readonly { size: Term }[], assumed: number): Term {
  const depth = listDepth(type);
  if (depth === 0) return 1;
  return product(stated.length > 0 ? highest(stated.map(({ size }) => size)) : assumed, assumed ** (depth - 1));
}

function listDepth(type: GraphQLOutputType): number {
  if (isNonNullType(type)) return listDepth(type.ofType);
  return isListType(type) ? 1 + listDepth(type.ofType) : 0;
}

const sizingBelow = (
  name: string,
  sizing: Sizing,
  stated: readonly { fields: SizedFields | null; size: Term }[],
): Sizing =>
  [...stated, ...sizing.map(({ fields, size }) => ({ fields: fields.below(name), size }))].flatMap(
    ({ fields, size }) => (fields ? [{ fields, size }] : []),
  );

interface CostOfTypes {
  /** The object types that it is of; null for all. */
  types: ReadonlySet<string> | null;
  cost: Term;
}

/** An answer is of one type: of what is selected of each, the highest counts. */
function mostOfTypes(costs: readonly CostOfTypes[]): Term {
  const ofAll = costs.flatMap(({ types, cost }) => (types ? [] : [cost]));
  const ofSome = costs.flatMap(({ types, cost }) => (types && cost !== 0 ? [{ types, cost }] : []));
  const names = new Set(ofSome.flatMap(({ types }) => [...types]));
  const ofEach = [...names].map((name) => sum(ofSome.flatMap(({ types, cost }) => (types.has(name) ? [cost] : []))));
  return sum([...ofAll, highest(ofEach)]);
}
