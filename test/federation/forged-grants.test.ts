/** A grant cannot be made by a client: no alias takes the place of a key or of a grant. */
import { describe, expect, it } from 'vitest';
import { startGraph } from '../kit/graph.ts';
import { dataOf } from './answers.ts';

const graph = await startGraph();
interface Guest {
  id: string;
  displayName: string;
  emergencyContacts: { name: string }[];
}
const answer = await graph
  .as('data-lead@birchwood.example')
  .query('{ guestProfiles(first: 1) { nodes { id displayName emergencyContacts { name } } } }');
const [guest] = dataOf<{ guestProfiles: { nodes: Guest[] } }>(answer).guestProfiles.nodes;

/** Fields whose value a client can choose or guess, put where the planner reads a grant, a key or a type. */
const VALUES = ['__typename', 'displayName', 'id', 'yearGroup', 'senStatus', 'upn', 'sex', 'dateOfBirth'];
const KEYS = ['guestGrant', 'id', '__typename', 'urn', 'alias_guestGrant', 'fieldAccess'];

describe('an alias in the place of a grant', () => {
  it.each(KEYS.flatMap((key) => VALUES.map((value) => ({ key, value }))))(
    '$key: $value is answered right',
    async ({ key, value }) => {
      const own = await graph
        .as('data-lead@birchwood.example')
        .query(`query ($id: ID!) { guestProfile(id: $id) { x: ${value} } }`, { id: guest?.id });
      const { x } = dataOf<{ guestProfile: { x: unknown } }>(own).guestProfile;
      const query = `query ($id: ID!) { guestProfile(id: $id) { ${key}: ${value} emergencyContacts { name } homeSchool { urn: __typename n: name } } }`;
      const answer = await graph.as('data-lead@birchwood.example').query(query, { id: guest?.id });
      expect(answer.body).toEqual({
        data: {
          guestProfile: {
            [key]: x,
            emergencyContacts: guest?.emergencyContacts,
            homeSchool: { urn: 'School', n: 'Alder Grove School' },
          },
        },
      });
    },
  );

  it('reaches nothing of a profile of another school', async () => {
    const query =
      'query ($id: ID!) { guestProfile(id: $id) { guestGrant: __typename id: displayName emergencyContacts { name } } }';
    const answer = await graph.as('data-lead@cedar.example').query(query, { id: guest?.id });
    expect(answer.body).toEqual({ data: { guestProfile: null } });
  });

  it('is not asked for: the grant is no field of the API', async () => {
    const answer = await graph
      .as('data-lead@birchwood.example')
      .query('query ($id: ID!) { guestProfile(id: $id) { guestGrant } }', { id: guest?.id });
    expect(answer.body.errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});
