import { describe, expect, it } from 'vitest';
import { readSupergraph } from './supergraph.ts';

/** As composition writes it, with links of one's own. */
const supergraph = (links: string): string => `schema
  @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION)
  ${links}
{ query: Query }
directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE
scalar join__FieldSet
scalar link__Import
enum link__Purpose { SECURITY EXECUTION }
enum join__Graph { A @join__graph(name: "a-side", url: "http://a.example/graphql") B @join__graph(name: "b", url: "") }
type Query @join__type(graph: A) @join__type(graph: B) { value: Int }`;

const AUTHENTICATED = '@link(url: "https://specs.apollo.dev/authenticated/v0.1", as: "inside", for: SECURITY)';
const GUESTS = '@link(url: "https://schoolgraph.example/guest-access/v1.0", as: "guests")';

describe('a supergraph', () => {
  it('says what its subgraphs are called, and where they are', () => {
    expect(readSupergraph(supergraph('')).subgraphs).toEqual([
      { name: 'a-side', url: 'http://a.example/graphql' },
      { name: 'b', url: '' },
    ]);
  });

  it.each([
    ['nothing', '', { hasGuestRules: false, asksForSignIn: false }],
    ['to know who calls', `${AUTHENTICATED}`, { hasGuestRules: false, asksForSignIn: true }],
    ['keys, for its guests', GUESTS, { hasGuestRules: true, asksForSignIn: false }],
  ])('asks whoever serves it for %s, under whatever names', (_what, links, demands) => {
    const definitions = links === AUTHENTICATED ? '\ndirective @inside on FIELD_DEFINITION | OBJECT' : '';
    expect(readSupergraph(supergraph(links) + definitions)).toMatchObject(demands);
  });

  it.each([
    ['a feature that nobody here knows', 'https://example.org/vault/v1.0'],
    ['a version that says less than it looks', 'https://specs.apollo.dev/authenticated.example/v0.1'],
    ['policies, as nobody specified them', 'https://specs.apollo.dev/policies/v0.1'],
  ])('that asks for the security of %s is not served', (_what, url) => {
    expect(() => readSupergraph(supergraph(`@link(url: "${url}", as: "other", for: SECURITY)`))).toThrow(
      /security features that this gateway does not enforce: https:/,
    );
  });
});
