/**
 * Gives fields that the planner knows under names of its own (`planner/required-arguments.ts`) their real ones where they
 * are sent to a subgraph: in what it is asked, and in what it is told of an entity.
 */
import type { FetchNode } from '@apollo/query-planner';
import {
  type FieldNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { RequiredArguments } from '../planner/required-arguments.ts';

/** A call as a subgraph gets it. */
export interface SentOperation {
  text: string;
  /** The name by which it is told of a field; null for one that this call does not need. */
  sentAs(name: string): string | null;
}

/**
 * One call, or as many as it takes for each to need a field with one set of arguments only: a representation has one
 * value under a name.
 */
export function sentOperations(
  { operation: text, requires }: FetchNode,
  { calls, needs }: RequiredArguments,
  graph: string,
): SentOperation[] {
  const isPlain = !Object.keys(calls).some((name) => text.includes(name) || JSON.stringify(requires)?.includes(name));
  if (isPlain) return [{ text, sentAs: (name) => name }];
  const operation = withRealNames(text, calls);
  return partsOf(operation, (type, field) => needs[`${graph}.${type}.${field}`] ?? [], calls).map(({ names, set }) => ({
    text: print(withEntities(operation, set)),
    sentAs: (name) => (calls[name] ? (names.has(name) ? calls[name].field : null) : name),
  }));
}

/** `price_required_0` becomes `price_required_0: price(currency: EUR)`, with fragments spread where they stand. */
function withRealNames(text: string, calls: RequiredArguments['calls']): OperationDefinitionNode {
  const document = parse(text, { noLocation: true });
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const inline = (node: SelectionSetNode): SelectionSetNode =>
    visit(node, {
      FragmentSpread(spread): InlineFragmentNode | undefined {
        const fragment = fragments.get(spread.name.value);
        if (!fragment) return undefined;
        const { typeCondition, selectionSet } = fragment;
        const { directives = [] } = spread;
        return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet: inline(selectionSet) };
      },
    });
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('Expected an operation in a call of a plan.');
  return visit(
    { ...operation, selectionSet: inline(operation.selectionSet) },
    {
      Field: {
        leave(field): FieldNode | undefined {
          const call = calls[field.name.value];
          if (!call) return undefined;
          const asked = selectionOf(`${call.field}${call.arguments}`);
          return { ...field, alias: field.alias ?? field.name, name: asked.name, arguments: asked.arguments ?? [] };
        },
      },
    },
  );
}

function selectionOf(text: string): FieldNode {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  const [field] = definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
  if (field?.kind !== Kind.FIELD) throw new Error('Expected a field.');
  return field;
}

interface Part {
  /** The planner's names that it needs; by the field's real name, each one. */
  byField: Map<string, string>;
  names: Set<string>;
  selections: SelectionNode[];
}

function partsOf(
  operation: OperationDefinitionNode,
  needsOf: (type: string, field: string) => readonly string[],
  calls: RequiredArguments['calls'],
): { names: ReadonlySet<string>; set: SelectionSetNode | null }[] {
  const entities = entitiesOf(operation);
  if (!entities?.selectionSet) return [{ names: new Set(), set: null }];
  const parts: Part[] = [];
  for (const { selection, type, field } of leavesOf(entities.selectionSet.selections, '_Entity')) {
    const needed = needsOf(type, field);
    const fits = ({ byField }: Part): boolean =>
      needed.every((name) => (byField.get(calls[name]?.field ?? '') ?? name) === name);
    let part = parts.find(fits);
    if (!part) {
      part = { byField: new Map(), names: new Set(), selections: [] };
      parts.push(part);
    }
    for (const name of needed) {
      part.byField.set(calls[name]?.field ?? '', name);
      part.names.add(name);
    }
    part.selections.push(selection);
  }
  return parts.map(({ names, selections }) => ({ names, set: { kind: Kind.SELECTION_SET, selections } }));
}

interface Leaf {
  /** One field, in the fragments (type conditions, `@include`, `@skip`) that it came in. */
  selection: SelectionNode;
  type: string;
  field: string;
}

const leavesOf = (selections: readonly SelectionNode[], type: string): Leaf[] =>
  selections.flatMap((selection): Leaf[] => {
    if (selection.kind === Kind.FIELD) return [{ selection, type, field: selection.name.value }];
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    const inner = leavesOf(selection.selectionSet.selections, selection.typeCondition?.name.value ?? type);
    return inner.map((leaf) => ({
      ...leaf,
      selection: { ...selection, selectionSet: { kind: Kind.SELECTION_SET, selections: [leaf.selection] } },
    }));
  });

const entitiesOf = ({ selectionSet: { selections } }: OperationDefinitionNode): FieldNode | undefined =>
  selections.find((each): each is FieldNode => each.kind === Kind.FIELD && each.name.value === '_entities');

/** The operation with another selection on its entities, and no variable that is not used any more. */
function withEntities(operation: OperationDefinitionNode, set: SelectionSetNode | null): OperationDefinitionNode {
  const selectionSet: SelectionSetNode = {
    kind: Kind.SELECTION_SET,
    selections: operation.selectionSet.selections.map((each) =>
      set && each.kind === Kind.FIELD && each.name.value === '_entities' ? { ...each, selectionSet: set } : each,
    ),
  };
  const used = new Set<string>();
  visit(selectionSet, { Variable: ({ name }) => void used.add(name.value) });
  return {
    ...operation,
    selectionSet,
    variableDefinitions: (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value)),
  };
}
