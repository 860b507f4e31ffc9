/** What clients read in the descriptions: which scopes a field needs, and how guests may reach it. */
import { composeServices } from '@apollo/composition';
import { type GraphQLSchema, isObjectType, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createGraph } from '../../gateway/graph.ts';
import { LIBRARY } from './any-supergraph/library.ts';
import { compose } from './any-supergraph/plain-subgraphs.ts';
import { GUEST_DIRECTIVES } from './guest-graph.ts';
import { composed, smallGraph } from './small-graph.ts';

const noSubgraphs = () => ({ call: async () => ({ data: null, errors: [] }), async close() {} });
const schemaOf = async (supergraph: string): Promise<GraphQLSchema> =>
  (await createGraph(supergraph, noSubgraphs)).supergraph.apiSchema;

const HOME = 'default: VIEW, floor: HIDDEN, ceiling: EDIT, reason: HOME_OWNED';
const SAFETY = 'default: VIEW, floor: VIEW, ceiling: VIEW, reason: SAFETY_FLOOR';

const TYPE_DEFS = `${GUEST_DIRECTIVES}
  type Query { guest: GuestProfile  open: String }
  type Mutation { write(input: Write!, id: ID @guestProfileId, note: String @guestAccess(${HOME})): Boolean @authenticated }
  "What is written."
  input Write { "A contact." contact: String @guestAccess(${SAFETY})  plain: String }
  type GuestProfile @key(fields: "id") {
    id: ID!
    "Whom to call."
    contact: String @requiresScopes(scopes: [["contacts"]]) @guestAccess(${SAFETY})
    where: String @requiresScopes(scopes: [["address", "read"], ["all"]]) @guestAccess(field: "address", ${HOME})
    level: GuestAccess
    reason: GuestAccessReason
    both: Inner @requiresScopes(scopes: [["a"], ["b"]])
    decided: String @requiresScopes(scopes: [["a"]]) @policy(policies: [["role:SENCO", "kind:person"], ["role:DATA_LEAD"]])
    hidden: String @guestAccess(default: HIDDEN, floor: HIDDEN, ceiling: HIDDEN, reason: NOT_SYNCED)
  }
  type Inner @requiresScopes(scopes: [["c"]]) { name: String }`;

const ours = schemaOf(composed([{ name: 'teaching', typeDefs: TYPE_DEFS, resolvers: {} }]));

function described(schema: GraphQLSchema, place: string): string | null | undefined {
  const [typeName = '', fieldName = '', argument] = place.split('.');
  const type = schema.getType(typeName);
  if (!type || !('getFields' in type)) throw new Error(`No type ${typeName}.`);
  const field = type.getFields()[fieldName];
  if (argument === undefined) return field?.description;
  return isObjectType(type)
    ? type.getFields()[fieldName]?.args.find(({ name }) => name === argument)?.description
    : null;
}

describe('the description of a field', () => {
  it.each([
    ['GuestProfile.contact', 'Whom to call.\n\nScopes: contacts.\nGuests: seen, not edited (SAFETY_FLOOR).'],
    [
      'GuestProfile.where',
      'Scopes: address and read, or all.\nGuests (address): seen, not edited (HOME_OWNED). The home school may set: not seen; seen and edited.',
    ],
    ['GuestProfile.both', 'Scopes: (a or b) and c.'],
    ['GuestProfile.decided', 'Scopes: a.\nPolicies: role:SENCO and kind:person, or role:DATA_LEAD.'],
    ['GuestProfile.hidden', 'Guests: not seen (NOT_SYNCED).'],
    ['Inner.name', 'Scopes: c.'],
    ['Mutation.write', 'For callers who are signed in.'],
    ['Write.contact', 'A contact.\n\nGuests: seen, not edited (SAFETY_FLOOR).'],
    [
      'Mutation.write.note',
      'Guests: seen, not edited (HOME_OWNED). The home school may set: not seen; seen and edited.',
    ],
    ['Write.plain', undefined],
    ['GuestProfile.id', undefined],
    ['Query.open', undefined],
  ])('%s says what its directives say', async (place, expected) => {
    expect(described(await ours, place) ?? undefined).toBe(expected);
  });

  it('is what a client that asks for the schema reads', async () => {
    const { run } = await smallGraph([{ name: 'teaching', typeDefs: TYPE_DEFS, resolvers: {} }]);
    const { data } = await run('{ __type(name: "Inner") { fields { description } } }');
    expect(data).toEqual({ __type: { fields: [{ description: 'Scopes: c.' }] } });
  });

  it('of a schema without rules stays to the letter', async () => {
    const urlOf = (name: string) => `http://${name}.example/graphql`;
    // the one default that graphql-js cannot print
    const subgraphs = LIBRARY.map((each) => ({
      ...each,
      typeDefs: each.typeDefs.replace(/(by: Json) = .*(\))/, '$1$2'),
    }));
    const { schema } = composeServices(
      subgraphs.map(({ name, typeDefs }) => ({ name, url: urlOf(name), typeDefs: parse(typeDefs) })),
    );
    if (!schema) throw new Error('The library composes.');
    const printed = (each: GraphQLSchema) => printSchema(lexicographicSortSchema(each));
    expect(printed(await schemaOf(compose(subgraphs, urlOf)))).toBe(printed(schema.toAPISchema().toGraphQLJSSchema()));
  });
});
