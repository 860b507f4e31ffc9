/** Guest profiles in small: one subgraph that makes grants, one that keeps the records and writes to them. */
import { readFileSync } from 'node:fs';
import type { SmallSubgraph } from './small-graph.ts';

/** A guest as the subgraphs' resolvers find it. */
export interface SmallGuest {
  id: string;
  guestGrant: string | Error | null;
  fieldAccess: { field: string; access: string; reason: string }[];
}

export const GUEST_DIRECTIVES = `
  extend schema @link(url: "https://schoolgraph.example/guest-access/v1.0", import: ["@guestAccess", "@guestProfileId"])
    @composeDirective(name: "@guestAccess") @composeDirective(name: "@guestProfileId")
  ${readFileSync(new URL('../../schema/directives.graphql', import.meta.url), 'utf8')}`;

/** A row that may never be written as a guest's, and one that may where the grant says so. */
const SAFETY = '@guestAccess(default: VIEW, ceiling: VIEW, floor: VIEW, reason: SAFETY_FLOOR)';
const ARRANGEMENT = '@guestAccess(default: VIEW, ceiling: EDIT, floor: VIEW, reason: HOME_OWNED)';

export const smallGuest = (id: string, access: 'VIEW' | 'EDIT'): SmallGuest => ({
  id,
  guestGrant: `grant of ${id}`,
  fieldAccess: [{ field: 'arrangement', access, reason: access === 'EDIT' ? 'SCHOOL_OVERRIDE' : 'HOME_OWNED' }],
});

export function guestSubgraphs(guests: readonly SmallGuest[]): SmallSubgraph[] {
  const find = ({ id }: { id: string }) => guests.find((guest) => guest.id === id) ?? null;
  return [
    {
      name: 'teaching',
      typeDefs: `${GUEST_DIRECTIVES}
        type Query { guest(id: ID!): GuestProfile guests: [GuestProfile!]! room: Room }
        type Room { name: String! }
        type GuestProfile @key(fields: "id") { id: ID! guestGrant: String @inaccessible fieldAccess: [FieldAccess!] }
        type FieldAccess { field: String! access: GuestAccess! reason: GuestAccessReason! }`,
      resolvers: {
        Query: { guest: (_: unknown, key: { id: string }) => find(key), guests: () => guests, room: () => ({}) },
        GuestProfile: { __resolveReference: find },
      },
    },
    {
      name: 'records',
      typeDefs: `${GUEST_DIRECTIVES}
        type Mutation { write(input: Write!): Boolean writeAll(ids: [ID!] @guestProfileId, arrangement: String ${ARRANGEMENT}): Boolean }
        input Write { guestProfileId: ID @guestProfileId contacts: String ${SAFETY} arrangement: String ${ARRANGEMENT} }
        type GuestProfile @key(fields: "id") { id: ID! guestGrant: String @external
          displayName: String @requires(fields: "guestGrant") contacts: String! @requires(fields: "guestGrant") }`,
      resolvers: {
        Mutation: { write: () => true, writeAll: () => true },
        GuestProfile: {
          __resolveReference: async (reference: { guestGrant: string | null }) => {
            if (reference.guestGrant !== null) return { displayName: 'A guest', contacts: 'A contact' };
            throw new SmallRefusal();
          },
        },
      },
    },
  ];
}

/** As the kernel refuses a guest field that comes without its grant. */
class SmallRefusal extends Error {
  extensions = { code: 'GRANT_REFUSED' };
}
