import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { type Ownership, readOwnership } from './ownership.ts';
import { drawGraph } from './picture.ts';

const OURS = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');
const ours = readOwnership(parse(OURS));

/** As a composition would print it: two subgraphs, one entity, and something that clients do not see. */
const small = (name: string) => `
schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION)
  @link(url: "https://specs.apollo.dev/inaccessible/v0.2", for: SECURITY) { query: Query }
enum join__Graph { A @join__graph(name: ${JSON.stringify(name)}, url: "http://internal.example:4001") B @join__graph(name: "b", url: "http://b") }
type Query @join__type(graph: A) @join__type(graph: B) { book(id: ID!): Book @join__field(graph: A) secret: Secret @join__field(graph: B) }
type Book @join__type(graph: A, key: "id") @join__type(graph: B, key: "id") @join__type(graph: B, key: "isbn { value }", resolvable: false) {
  id: ID!
  title: String @join__field(graph: A) @join__field(graph: B, external: true)
  price: Int @join__field(graph: B)
  cost: Int @join__field(graph: B) @inaccessible
}
type Secret @join__type(graph: B) @inaccessible { text: String }
`;

const large = (count: number): Ownership =>
  readOwnership(
    parse(
      `schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
      enum join__Graph { A @join__graph(name: "a", url: "http://a") }
      type Query @join__type(graph: A) { first: T0 }
      ${Array.from({ length: count }, (_, at) => `type T${at} @join__type(graph: A) { ${Array.from({ length: 30 }, (__, field) => `f${field}: T${(at * 7 + field * 13) % count}`).join(' ')} }`).join('\n')}`,
    ),
  );

describe('who owns what', () => {
  it('is read of types, fields and keys', () => {
    const book = readOwnership(parse(small('a'))).types.find(({ name }) => name === 'Book');
    expect(book).toMatchObject({ owners: ['a', 'b'], keys: [{ fields: 'id', owners: ['a', 'b'] }] });
    expect(book?.fields.map(({ name, owners, isKey }) => [name, owners, isKey])).toEqual([
      ['id', ['a', 'b'], true],
      ['title', ['a'], false],
      ['price', ['b'], false],
    ]);
  });

  it('says of a guest profile what each of our subgraphs serves', () => {
    const guest = ours.types.find(({ name }) => name === 'GuestProfile');
    const ownersOf = (field: string) => guest?.fields.find(({ name }) => name === field)?.owners;
    expect(ownersOf('fieldAccess')).toEqual(['shared-teaching']);
    expect(ownersOf('emergencyContacts')).toEqual(['students']);
  });

  it('leaves out what clients do not see', () => {
    const text = JSON.stringify(readOwnership(parse(small('a'))));
    expect(text).not.toMatch(/secret|cost/i);
    expect(JSON.stringify(ours)).not.toContain('GuestGrant');
  });
});

describe('the picture of a graph', () => {
  it('names every type but the pages of lists, which it draws through to what they list', () => {
    const picture = drawGraph(ours);
    const drawnThrough = /^(PageInfo|\w+(Connection|Edge))$/;
    const names = ours.types.map(({ name }) => name).filter((name) => !drawnThrough.test(name));
    expect(
      names.filter((name) => !picture.includes(`>${name}</text>`) && !picture.includes(` ${name}</text>`)),
    ).toEqual([]);
    expect(picture).toContain('<title>Query.guestProfiles → GuestProfile</title>');
  });

  it('is the same for the same graph', () => {
    expect(drawGraph(readOwnership(parse(OURS)))).toBe(drawGraph(ours));
  });

  it('has a title and a description, and a legend of letters', () => {
    const picture = drawGraph(ours);
    expect(picture).toMatch(/<title id="graph-title">.+<\/title><desc id="graph-desc">.*GuestProfile.*<\/desc>/);
    expect(picture).toMatch(
      />A<\/text>.*>shared-teaching: \d+ types<\/text>.*>B<\/text>.*>students: \d+ types<\/text>/s,
    );
  });

  it('shows no address of a subgraph', () => {
    expect(drawGraph(readOwnership(parse(small('a'))))).not.toContain('internal.example');
  });

  it.each([
    '</text><script>alert(1)</script>',
    '"><image href=x onerror=alert(1)>',
    ']]><a>&amp;',
    'nul\u0000 and bell\u0007',
  ])('takes the name %j as text', (name) => {
    const picture = drawGraph(readOwnership(parse(small(name))));
    expect(picture).not.toMatch(/<script|<image|<a>/);
    // what XML does not have
    expect([...picture].filter((each) => each < ' ' && each !== '\n')).toEqual([]);
    expect(picture.replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
  });

  it('of 300 types with 9,000 fields stays small enough to send', () => {
    const picture = drawGraph(large(300));
    expect(picture).toContain('and 18 more');
    expect(picture.length).toBeLessThan(3_000_000);
    expect(picture.match(/class="card/g)).toHaveLength(301);
  });

  it('of no types at all is a picture', () => {
    expect(drawGraph({ subgraphs: [], types: [] })).toMatch(/^<svg.*<\/svg>\n$/s);
  });
});
