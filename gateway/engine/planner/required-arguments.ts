/**
 * The stock planner knows a required field by its name alone: `@requires(fields: "price(currency: EUR)")` gets whatever
 * the client has asked of `price`, or the other way round, and two requirements with different arguments get one value.
 * So it is handed a field of its own for each field and arguments that are required (`price_required_0`), which nobody
 * can collide with; what is sent to subgraphs has the field's real name again (`compiled/required-fields.ts`).
 */
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  Kind,
  parse,
  print,
  type SelectionSetNode,
} from 'graphql';
import { type Composite, isComposite, literalOf, namedType, selectionSetOf } from './composite-types.ts';
import { withoutUnusedExternals } from './unused-externals.ts';

/** A field that a planner knows under a name of its own. */
interface RequiredCall {
  field: string;
  /** As in a query: `(currency: EUR)`; empty where it has none. */
  arguments: string;
}

/** Plain data: it crosses to the thread that plans. */
export interface RequiredArguments {
  /** By the planner's name of the field. */
  calls: Readonly<Record<string, RequiredCall>>;
  /** The planner's names that a field needs, by `GRAPH.Type.field`, the graph as the `join__Graph` enum has it. */
  needs: Readonly<Record<string, readonly string[]>>;
}

interface Mended {
  document: DocumentNode;
  required: RequiredArguments;
}

export function withRequiredArguments(supergraph: DocumentNode): Mended {
  const types = new Map(supergraph.definitions.filter(isComposite).map((node) => [node.name.value, node]));
  const fields = createRequiredFields(types);
  const needs: Record<string, readonly string[]> = {};
  for (const { name: owner, fields: own = [] } of [...types.values()])
    for (const field of own) {
      const directives = (field.directives ?? []).map((directive) => {
        const set = directive.name.value === 'join__field' ? literalOf(directive, 'requires') : undefined;
        if (typeof set !== 'string') return directive;
        const found: string[] = [];
        const planned = fields.plannedSet(owner.value, selectionSetOf(set), found);
        if (found.length === 0) return directive;
        needs[`${literalOf(directive, 'graph')}.${owner.value}.${field.name.value}`] = found;
        return withArgument(directive, 'requires', print(planned).trim().slice(1, -1).trim());
      });
      fields.replace(owner.value, { ...field, directives });
    }
  const calls = fields.calls();
  const required = { calls, needs };
  if (Object.keys(calls).length === 0) return { document: supergraph, required };
  // a copy stands in every subgraph of its field, and is required in one perhaps
  const changed = new Set([...Object.values(calls).map(({ field }) => field), ...Object.keys(calls)]);
  const used = withoutUnusedExternals(types, changed);
  const definitions = supergraph.definitions.map((node) =>
    isComposite(node) ? (used.get(node.name.value) ?? node) : node,
  );
  return { document: withInaccessible({ ...supergraph, definitions }), required };
}

function createRequiredFields(types: Map<string, Composite>) {
  const names = new Map<string, string>();
  const calls: Record<string, RequiredCall> = {};
  const suffix = suffixOf(types);
  const fieldOf = (type: string, field: string) => types.get(type)?.fields?.find(({ name }) => name.value === field);

  const plannedName = (type: string, { name, arguments: given = [] }: FieldNode): string => {
    const text = given.length === 0 ? '' : `(${given.map(print).sort().join(', ')})`;
    // one name on every type, so that an interface and its implementers agree
    const known = names.get(name.value + text);
    const planned = known ?? `${name.value}${suffix}${names.size}`;
    names.set(name.value + text, planned);
    calls[planned] = { field: name.value, arguments: text };
    for (const each of familyOf(types, type, name.value)) addCopy(types, each, name.value, planned);
    return planned;
  };

  const plannedSet = (type: string, set: SelectionSetNode, found: string[]): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const inner = plannedSet(selection.typeCondition?.name.value ?? type, selection.selectionSet, found);
        return { ...selection, selectionSet: inner };
      }
      const definition = fieldOf(type, selection.name.value);
      const inner =
        selection.selectionSet && definition
          ? { selectionSet: plannedSet(namedType(definition.type), selection.selectionSet, found) }
          : {};
      if (!definition?.arguments?.length) return { ...selection, ...inner };
      const planned = plannedName(type, selection);
      found.push(planned);
      return { ...selection, ...inner, name: { kind: Kind.NAME, value: planned }, arguments: [] };
    }),
  });

  return {
    plannedSet,
    calls: () => calls,
    replace(type: string, field: FieldDefinitionNode) {
      const node = types.get(type);
      if (!node) return;
      const own = (node.fields ?? []).map((each) => (each.name.value === field.name.value ? field : each));
      types.set(type, { ...node, fields: own });
    },
  };
}

/** The type, the interfaces that have the field, too, and whatever implements one of them. */
function familyOf(types: ReadonlyMap<string, Composite>, type: string, field: string): Set<string> {
  const hasField = (name: string) => types.get(name)?.fields?.some((each) => each.name.value === field) ?? false;
  const interfacesOf = (name: string) => (types.get(name)?.interfaces ?? []).map((each) => each.name.value);
  const family = new Set([type]);
  for (const member of family) {
    const implementers = [...types.keys()].filter((name) => interfacesOf(name).includes(member));
    for (const near of [...implementers, ...interfacesOf(member)]) if (hasField(near)) family.add(near);
  }
  return family;
}

/** In the same subgraphs as the field itself, without arguments, and hidden from clients. */
function addCopy(types: Map<string, Composite>, type: string, field: string, planned: string): void {
  const node = types.get(type);
  const original = node?.fields?.find(({ name }) => name.value === field);
  if (!node || !original || node.fields?.some(({ name }) => name.value === planned)) return;
  const copy: FieldDefinitionNode = {
    kind: Kind.FIELD_DEFINITION,
    name: { kind: Kind.NAME, value: planned },
    type: original.type,
    directives: [...(original.directives ?? []).filter(({ name }) => name.value === 'join__field'), INACCESSIBLE],
  };
  types.set(type, { ...node, fields: [...(node.fields ?? []), copy] });
}

const INACCESSIBLE: ConstDirectiveNode = {
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'inaccessible' },
};

/** Such that no field of the graph ends in it and a number. */
function suffixOf(types: ReadonlyMap<string, Composite>): string {
  const names = [...types.values()].flatMap(({ fields = [] }) => fields.map(({ name }) => name.value));
  let suffix = '_required_';
  while (names.some((name) => name.includes(suffix))) suffix = `_${suffix}`;
  return suffix;
}

const withArgument = (directive: ConstDirectiveNode, name: string, value: string): ConstDirectiveNode => ({
  ...directive,
  arguments: (directive.arguments ?? []).map((each) =>
    each.name.value === name ? { ...each, value: { kind: Kind.STRING, value } } : each,
  ),
});

/** What composition adds where a subgraph uses `@inaccessible` (https://specs.apollo.dev/inaccessible/v0.2/). */
function withInaccessible(supergraph: DocumentNode): DocumentNode {
  const isDefined = supergraph.definitions.some(
    (node) => node.kind === Kind.DIRECTIVE_DEFINITION && node.name.value === 'inaccessible',
  );
  if (isDefined) return supergraph;
  const { definitions } = parse(
    `schema @link(url: "https://specs.apollo.dev/inaccessible/v0.2", for: SECURITY) { query: Query }
     directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION`,
    { noLocation: true },
  );
  const [linking, definition] = definitions;
  const links = linking?.kind === Kind.SCHEMA_DEFINITION ? (linking.directives ?? []) : [];
  return {
    ...supergraph,
    definitions: [
      ...supergraph.definitions.map((node) =>
        node.kind === Kind.SCHEMA_DEFINITION ? { ...node, directives: [...(node.directives ?? []), ...links] } : node,
      ),
      ...(definition ? [definition] : []),
    ],
  };
}
