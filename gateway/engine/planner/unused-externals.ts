/** A subgraph's `@external` field that none of its field sets names any more: the planner refuses a graph that has one. */
import type { ConstDirectiveNode, SelectionSetNode } from 'graphql';
import { Kind } from 'graphql';
import { type Composite, literalOf, namedType, selectionSetOf } from './composite-types.ts';

/** `fields`: the names of those that may have become unused. */
export function withoutUnusedExternals(
  types: ReadonlyMap<string, Composite>,
  fields: ReadonlySet<string>,
): Map<string, Composite> {
  const isUsed = createIsUsed(types);
  const isKept = (type: Composite, field: string, directive: ConstDirectiveNode): boolean => {
    if (directive.name.value !== 'join__field' || literalOf(directive, 'external') !== true) return true;
    const graph = String(literalOf(directive, 'graph'));
    return isOfInterface(types, type, field, graph) || isUsed(graph, type.name.value, field);
  };
  return new Map(
    [...types].map(([name, type]) => [
      name,
      {
        ...type,
        fields: (type.fields ?? []).map((field) =>
          fields.has(field.name.value)
            ? { ...field, directives: (field.directives ?? []).filter((each) => isKept(type, field.name.value, each)) }
            : field,
        ),
      },
    ]),
  );
}

/** An object must have the fields of its interfaces in a subgraph, whether anybody asks for them there or not. */
const isOfInterface = (types: ReadonlyMap<string, Composite>, type: Composite, field: string, graph: string): boolean =>
  (type.directives ?? []).some(
    (each) =>
      each.name.value === 'join__implements' &&
      literalOf(each, 'graph') === graph &&
      types.get(String(literalOf(each, 'interface')))?.fields?.some(({ name }) => name.value === field),
  );

function createIsUsed(types: ReadonlyMap<string, Composite>) {
  const used = new Set<string>();
  const implementersOf = (name: string): string[] =>
    [...types.values()]
      .filter(({ interfaces = [] }) => interfaces.some((each) => each.name.value === name))
      .map((each) => each.name.value);
  const mark = (graph: string, type: string, { selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        mark(graph, selection.typeCondition?.name.value ?? type, selection.selectionSet);
        continue;
      }
      const field = selection.name.value;
      for (const each of [type, ...implementersOf(type)]) used.add(`${graph}.${each}.${field}`);
      const definition = types.get(type)?.fields?.find(({ name }) => name.value === field);
      if (definition && selection.selectionSet) mark(graph, namedType(definition.type), selection.selectionSet);
    }
  };
  const markSet = (directive: ConstDirectiveNode, argument: string, type: string): void => {
    const set = literalOf(directive, argument);
    if (typeof set === 'string') mark(String(literalOf(directive, 'graph')), type, selectionSetOf(set));
  };
  for (const type of types.values()) {
    for (const each of type.directives ?? [])
      if (each.name.value === 'join__type') markSet(each, 'key', type.name.value);
    for (const field of type.fields ?? [])
      for (const each of field.directives ?? []) {
        if (each.name.value !== 'join__field') continue;
        markSet(each, 'requires', type.name.value);
        markSet(each, 'provides', namedType(field.type));
      }
  }
  return (graph: string, type: string, field: string): boolean => used.has(`${graph}.${type}.${field}`);
}
