/**
 * What `@cost` and `@listSize` of a supergraph state (https://ibm.github.io/graphql-specs/cost-spec.html, as Federation
 * 2.9 has them: https://www.apollographql.com/docs/graphos/routing/security/demand-control).
 */
import {
  type ConstDirectiveNode,
  type DocumentNode,
  isTypeDefinitionNode,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { applicationsOf, argumentsOf, type LinkedDirectives, SPEC } from '../../supergraph/linked-directives.ts';

/** Fields below one with `@listSize` that are as long as it says: `nodes`, or `results { page }`. */
export interface SizedFields {
  isSized(fieldName: string): boolean;
  /** Null where none below it is. */
  below(fieldName: string): SizedFields | null;
}

export interface ListSize {
  assumedSize: number | null;
  /** Each the names from an argument down to a value inside it: `['first']`, `['input', 'page', 'first']`. */
  slicingArguments: readonly (readonly string[])[];
  sizedFields: SizedFields | null;
  /** Exactly one of the slicing arguments is to be given: without, or with several, the size is not known. */
  requiresOne: boolean;
}

/** By schema coordinates (https://spec.graphql.org/draft/#sec-Schema-Coordinates). */
export interface CostRules {
  /** Of a type, a field, an argument, an input field: `Guest`, `Query.guests`, `Query.guests(first:)`, `Filter.name`. */
  weightOf(coordinate: string): number | undefined;
  /** Of all that are stated; 0 at the most. */
  leastWeight: number;
  /** Of a field. */
  listSizeOf(coordinate: string): ListSize | undefined;
}

export function readCostRules(supergraph: DocumentNode, linked: LinkedDirectives): CostRules {
  const [cost, listSize] = [linked.nameOf(SPEC.cost, 'cost'), linked.nameOf(SPEC.cost, 'listSize')];
  const weights = new Map<string, number>();
  const sizes = new Map<string, ListSize>();
  const add = (coordinate: string, node: { directives?: readonly ConstDirectiveNode[] | undefined }): void => {
    for (const each of applicationsOf(node, cost)) weights.set(coordinate, readWeight(argumentsOf(each).weight));
    for (const each of applicationsOf(node, listSize)) sizes.set(coordinate, readListSize(argumentsOf(each)));
  };
  for (const type of supergraph.definitions) {
    if (!isTypeDefinitionNode(type)) continue;
    const owner = type.name.value;
    add(owner, type);
    if (!('fields' in type)) continue;
    for (const field of type.fields ?? []) {
      const coordinate = `${owner}.${field.name.value}`;
      add(coordinate, field);
      if (field.kind === Kind.FIELD_DEFINITION)
        for (const argument of field.arguments ?? []) add(`${coordinate}(${argument.name.value}:)`, argument);
    }
  }
  return {
    weightOf: (coordinate) => weights.get(coordinate),
    leastWeight: Math.min(0, ...weights.values()),
    listSizeOf: (coordinate) => sizes.get(coordinate),
  };
}

/** Federation's weights are whole numbers; IBM's are numbers as text: `"2.5"`. What is neither weighs nothing. */
function readWeight(given: unknown): number {
  const weight = Number(given);
  return Number.isFinite(weight) ? weight : 0;
}

function readListSize(given: Record<string, unknown>): ListSize {
  const names = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  const sized = names(given.sizedFields);
  return {
    assumedSize: typeof given.assumedSize === 'number' ? given.assumedSize : null,
    slicingArguments: names(given.slicingArguments).map((path) => path.split('.')),
    sizedFields: sized.length > 0 ? sizedFieldsOf(selectionSetsOf(sized)) : null,
    requiresOne: given.requireOneSlicingArgument !== false,
  };
}

/** Text that is no selection sizes nothing: it is no reason not to serve a graph. */
function selectionSetsOf(fields: readonly string[]): SelectionSetNode[] {
  return fields.flatMap((text) => {
    try {
      const { definitions } = parse(`{ ${text} }`, { noLocation: true });
      return definitions.flatMap((node) => (node.kind === Kind.OPERATION_DEFINITION ? [node.selectionSet] : []));
    } catch {
      return [];
    }
  });
}

function sizedFieldsOf(sets: readonly SelectionSetNode[]): SizedFields {
  const fields = sets.flatMap(({ selections }) => selections.filter((each) => each.kind === Kind.FIELD));
  const named = (fieldName: string) => fields.filter(({ name }) => name.value === fieldName);
  return {
    isSized: (fieldName) => named(fieldName).some(({ selectionSet }) => !selectionSet),
    below(fieldName) {
      const inside = named(fieldName).flatMap(({ selectionSet }) => selectionSet ?? []);
      return inside.length > 0 ? sizedFieldsOf(inside) : null;
    },
  };
}
