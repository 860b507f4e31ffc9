/**
 * Gives fields that the planner knows under names of its own (`planner/required-arguments.ts`) their real ones where they
 * are sent to a subgraph: in what it is asked, and in what it is told of an entity.
 */
import type { FetchNode } from '@apollo/query-planner';
import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { RequiredArguments } from '../planner/required-arguments.ts';
import { entitiesOf, leavesOf, readOperation, withEntities } from './entity-selections.ts';

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

/** `price_required_0` becomes `price_required_0: price(currency: EUR)`. */
function withRealNames(text: string, calls: RequiredArguments['calls']): OperationDefinitionNode {
  return visit(readOperation(text), {
    Field: {
      leave(field): FieldNode | undefined {
        const call = calls[field.name.value];
        if (!call) return undefined;
        const asked = selectionOf(`${call.field}${call.arguments}`);
        return { ...field, alias: field.alias ?? field.name, name: asked.name, arguments: asked.arguments ?? [] };
      },
    },
  });
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
