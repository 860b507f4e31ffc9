/** Asking for guest grants: the word of the subgraph that decides, for exactly the profiles that are named. */
import { GraphQLError } from 'graphql';
import type { EngineRequest } from '../engine/engine.ts';
import type { CallSubgraph } from '../engine/signed-source.ts';
import { GRANT_FIELD, type GuestRules } from './guest-rules.ts';
import { GuestWriteRefused } from './refusals.ts';

/** A grant, with whatever else was asked of its profile. */
export interface GrantedProfile {
  profileId: string;
  grant: string;
  fields: Readonly<Record<string, unknown>>;
}

/**
 * In the order of the ids; `selection`: what to ask of each profile beside its grant. A profile that is not there is not
 * found, for all alike; what the subgraph could not answer is its fault and says nothing of the profile. Throws
 * GraphQLError.
 */
export async function fetchGrants(
  { subgraph, typeName }: NonNullable<GuestRules['grantOwner']>,
  profileIds: readonly string[],
  selection: string,
  callSubgraph: CallSubgraph,
  request: EngineRequest,
): Promise<GrantedProfile[]> {
  const representations = profileIds.map((id) => ({ __typename: typeName, id }));
  const query = `query GuestGrants($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on ${typeName} { ${GRANT_FIELD} ${selection} } }
  }`;
  const { data, errors = [] } = await callSubgraph(
    subgraph,
    { query, operationName: 'GuestGrants', variables: { representations }, isQuery: true },
    request,
  );
  for (const { message, extensions = {} } of errors) throw new GraphQLError(message, { extensions });
  const entities = (data?._entities ?? []) as (Record<string, unknown> | null)[];
  return profileIds.map((profileId, index) => {
    const fields = entities[index];
    const grant = fields?.[GRANT_FIELD];
    if (!fields) throw new GuestWriteRefused('No guest profile has this id.', { code: 'NOT_FOUND' }, [profileId]);
    if (typeof grant !== 'string') throw new Error(`The subgraph "${subgraph}" gave no grant and no reason.`);
    return { profileId, grant, fields };
  });
}
