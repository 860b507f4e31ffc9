/**
 * The first wall for writes: before a subgraph is called, every input field of a mutation on a guest profile is checked,
 * first against the ceilings that the schema states, then against the grants of exactly the profiles that were named.
 * One field that may not be written refuses the operation whole.
 */
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { refusalMessage } from '../../subgraphs/kernel/guest-access/explanations.ts';
import { type Access, atLeast, type Reason } from '../../subgraphs/kernel/guest-access/matrix.ts';
import type { EngineRequest } from '../engine/engine.ts';
import type { CallSubgraph } from '../engine/signed-source.ts';
import { fetchGrants, type GrantedProfile } from './guest-grants.ts';
import type { GuestRules } from './guest-rules.ts';
import { type GuestWrites, guestWritesOf } from './guest-writes.ts';
import { GuestWriteRefused } from './refusals.ts';

export interface GuestWall {
  /** The grants to send along; none for an operation that writes to no guest profile. Throws GraphQLError. */
  admit(
    operation: PlannedMutation,
    variables: Readonly<Record<string, unknown>>,
    request: EngineRequest,
  ): Promise<string[]>;
}

interface PlannedMutation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

export function createGuestWall(schema: GraphQLSchema, rules: GuestRules, callSubgraph: CallSubgraph): GuestWall {
  return {
    async admit({ document, operation }, variables, request) {
      if (operation.operation !== 'mutation' || !rules.grantOwner) return [];
      const writes = guestWritesOf(schema, rules, document, operation, variables);
      if (writes.size === 0) return [];
      refuseByCeiling(writes);
      const granted = await fetchGrants(rules.grantOwner, [...writes.keys()], LEVELS, callSubgraph, request);
      refuseByGrant(writes, granted);
      return granted.map(({ grant }) => grant);
    },
  };
}

interface Level {
  field: string;
  access: Access;
  reason: Reason;
}

interface RefusedField extends Level {
  profileId: string;
}

function refuseByCeiling(writes: GuestWrites): void {
  const refused: RefusedField[] = [];
  for (const [profileId, rows] of writes)
    for (const { row, ceiling, reason } of rows.values())
      if (!atLeast(ceiling, 'EDIT')) refused.push({ profileId, field: row, access: ceiling, reason });
  refuse(refused);
}

function refuseByGrant(writes: GuestWrites, granted: readonly GrantedProfile[]): void {
  const refused: RefusedField[] = [];
  for (const { profileId, fields } of granted) {
    const levels = levelsOf(fields);
    for (const row of writes.get(profileId)?.keys() ?? []) {
      const { access, reason } = levels.get(row) ?? { access: 'HIDDEN', reason: 'NOT_SYNCED' };
      if (!atLeast(access, 'EDIT')) refused.push({ profileId, field: row, access, reason });
    }
  }
  refuse(refused);
}

/** What a grant says, in clear: the grant itself only subgraphs can read. */
const LEVELS = 'fieldAccess { field access reason }';

const levelsOf = ({ fieldAccess }: GrantedProfile['fields']): Map<string, Level> =>
  new Map(((fieldAccess ?? []) as Level[]).map((level) => [level.field, level]));

function refuse(refused: readonly RefusedField[]): void {
  const levels = refused.map(({ field, access, reason }): Level => ({ field, access, reason }));
  const fields = [...new Map(levels.map((each) => [`${each.field} ${each.access} ${each.reason}`, each])).values()];
  if (fields.length === 0) return;
  const names = [...new Set(fields.map(({ field }) => field))];
  const profiles = [...new Set(refused.map(({ profileId }) => profileId))];
  throw new GuestWriteRefused(refusalMessage(names), { code: 'GUEST_FIELD_VIEW_ONLY', fields }, profiles);
}
