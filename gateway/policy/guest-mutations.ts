/**
 * The first wall for writes: before a subgraph is called, every input field of a mutation on a guest profile is checked,
 * first against the ceilings that the schema states, then against the grants of exactly the profiles that were named.
 * One field that may not be written refuses the operation whole.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
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
import { refusalMessage } from '../../subgraphs/kernel/guest-access/explanations.ts';
import { type Access, atLeast, type Reason } from '../../subgraphs/kernel/guest-access/matrix.ts';
import type { EngineRequest } from '../engine/engine.ts';
import type { CallSubgraph } from '../engine/signed-source.ts';
import { GRANT_FIELD, type GraphRules, type GuestRow } from './rules.ts';

/** The guest profiles that a mutation names, and the rows that it would write to each. */
type GuestWrites = Map<string, Map<string, GuestRow>>;

export interface GuestWall {
  /** The grants to send along; none for an operation that writes to no guest profile. Throws GraphQLError. */
  admit(
    operation: PlannedMutation,
    variables: Readonly<Record<string, unknown>>,
    request: EngineRequest,
  ): Promise<string[]>;
}

export interface PlannedMutation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

export function createGuestWall(schema: GraphQLSchema, rules: GraphRules, callSubgraph: CallSubgraph): GuestWall {
  return {
    async admit({ document, operation }, variables, request) {
      if (operation.operation !== 'mutation' || !rules.grantOwner) return [];
      const writes = guestWritesOf(schema, rules, document, operation, variables);
      if (writes.size === 0) return [];
      refuseByCeiling(writes);
      const granted = await fetchGrants(rules.grantOwner, [...writes.keys()], callSubgraph, request);
      refuseByGrant(writes, granted);
      return granted.map(({ grant }) => grant);
    },
  };
}

interface Granted {
  profileId: string;
  grant: string;
  levels: Map<string, { access: Access; reason: Reason }>;
}

interface RefusedField {
  field: string;
  access: Access;
  reason: Reason;
}

function refuseByCeiling(writes: GuestWrites): void {
  const rows = [...writes.values()].flatMap((each) => [...each.values()]);
  refuse(
    rows
      .filter(({ ceiling }) => !atLeast(ceiling, 'EDIT'))
      .map(({ row, ceiling, reason }) => ({ field: row, access: ceiling, reason })),
  );
}

function refuseByGrant(writes: GuestWrites, granted: readonly Granted[]): void {
  const refused: RefusedField[] = [];
  for (const { profileId, levels } of granted)
    for (const row of writes.get(profileId)?.keys() ?? []) {
      const { access, reason } = levels.get(row) ?? { access: 'HIDDEN', reason: 'NOT_SYNCED' };
      if (!atLeast(access, 'EDIT')) refused.push({ field: row, access, reason });
    }
  refuse(refused);
}

function refuse(fields: readonly RefusedField[]): void {
  const distinct = [...new Map(fields.map((each) => [`${each.field} ${each.access} ${each.reason}`, each])).values()];
  if (distinct.length === 0) return;
  const names = [...new Set(distinct.map(({ field }) => field))];
  throw new GraphQLError(refusalMessage(names), { extensions: { code: 'GUEST_FIELD_VIEW_ONLY', fields: distinct } });
}

/**
 * Asks the subgraph that decides for a grant and its levels in clear. A profile that is not there is not found, for all
 * alike; what the subgraph could not answer is its fault and says nothing of the profile.
 */
async function fetchGrants(
  { subgraph, typeName }: NonNullable<GraphRules['grantOwner']>,
  profileIds: readonly string[],
  callSubgraph: CallSubgraph,
  request: EngineRequest,
): Promise<Granted[]> {
  const representations = profileIds.map((id) => ({ __typename: typeName, id }));
  const query = `query GuestGrants($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on ${typeName} { ${GRANT_FIELD} fieldAccess { field access reason } } }
  }`;
  const { data, errors = [] } = await callSubgraph(
    subgraph,
    { query, operationName: 'GuestGrants', variables: { representations } },
    request,
  );
  for (const { message, extensions = {} } of errors) throw new GraphQLError(message, { extensions });
  const entities = (data?._entities ?? []) as (
    | ({ fieldAccess: RefusedField[] | null } & Record<string, unknown>)
    | null
  )[];
  return profileIds.map((profileId, index) => {
    const entity = entities[index];
    const grant = entity?.[GRANT_FIELD];
    if (!entity) throw new GraphQLError('No guest profile has this id.', { extensions: { code: 'NOT_FOUND' } });
    if (typeof grant !== 'string') throw new Error(`The subgraph "${subgraph}" gave no grant and no reason.`);
    const levels = (entity.fieldAccess ?? []).map(({ field, access, reason }) => [field, { access, reason }] as const);
    return { profileId, grant, levels: new Map(levels) };
  });
}

function guestWritesOf(
  schema: GraphQLSchema,
  rules: GraphRules,
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
  rules: GraphRules,
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
