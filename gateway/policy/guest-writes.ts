/** Reads from a mutation which guest profiles it names, and which rows of the guest matrix it would write to each. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLInputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isInputObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { GuestRow, GuestRules } from './guest-rules.ts';

/** The guest profiles that a mutation names, and the rows that it would write to each. */
export type GuestWrites = Map<string, Map<string, GuestRow>>;

export function guestWritesOf(
  schema: GraphQLSchema,
  rules: GuestRules,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): GuestWrites {
  const writes: GuestWrites = new Map();
  const mutation = schema.getMutationType();
  for (const node of rootFields(document, operation.selectionSet, variables)) {
    const field = mutation?.getFields()[node.name.value];
    if (!mutation || !field) continue;
    const values = getArgumentValues(field, node, variables);
    const found: { ids: string[]; rows: GuestRow[] } = { ids: [], rows: [] };
    for (const argument of field.args)
      collect(rules, `${mutation.name}.${field.name}`, argument.name, argument.type, values[argument.name], found);
    for (const id of found.ids) {
      const rows = writes.get(id) ?? new Map<string, GuestRow>();
      for (const row of found.rows) rows.set(row.row, row);
      writes.set(id, rows);
    }
  }
  return writes;
}

/** What a given value names and would write; a field that was not given is not written. */
function collect(
  rules: GuestRules,
  owner: string,
  name: string,
  type: GraphQLInputType,
  value: unknown,
  found: { ids: string[]; rows: GuestRow[] },
): void {
  if (value === undefined) return;
  const { rows, isGuestProfileId } = rules.inputRulesOf(owner, name);
  if (isGuestProfileId) found.ids.push(...[value].flat().filter((id) => typeof id === 'string'));
  found.rows.push(...rows);
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return;
  for (const item of Array.isArray(value) ? value : [value])
    for (const field of Object.values(named.getFields()))
      collect(rules, named.name, field.name, field.type, (item as Record<string, unknown> | null)?.[field.name], found);
}

/** The mutation's own fields, through fragments, without those that `@skip` or `@include` leave out. */
function rootFields(
  document: DocumentNode,
  set: SelectionSetNode,
  variables: Readonly<Record<string, unknown>>,
): FieldNode[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const walk = ({ selections }: SelectionSetNode): FieldNode[] =>
    selections.flatMap((selection) => {
      if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true) return [];
      if (getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if === false) return [];
      if (selection.kind === Kind.FIELD) return [selection];
      const inner = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      return inner ? walk(inner.selectionSet) : [];
    });
  return walk(set);
}
