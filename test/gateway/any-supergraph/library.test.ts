/** A supergraph of anybody's through `npm run gateway`: what is expected was written by hand, from the resolvers. */
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serveGateway } from '../../kit/gateway-process.ts';
import { type Asked, ask } from './ask.ts';
import { LIBRARY } from './library.ts';
import { startSubgraphs } from './plain-subgraphs.ts';

const subgraphs = await startSubgraphs(LIBRARY);
const folder = mkdtempSync(join(tmpdir(), 'library-'));
const file = join(folder, 'supergraph.graphql');
writeFileSync(file, subgraphs.supergraph);
const gateway = await serveGateway(['--supergraph', file], { cwd: folder });

type Place = (string | number)[];
type Row = [title: string, asked: string | Asked, data: unknown, errors?: Place[]];

const ANSWERED: Row[] = [
  [
    'an interface, its types, and a field that another subgraph took over',
    '{ items { __typename id title ... on Book { isbn genre } ... on Film { minutes } } }',
    {
      items: [
        { __typename: 'Book', id: 'b1', title: 'Tides', isbn: '111', genre: 'NOVEL' },
        { __typename: 'Book', id: 'b2', title: 'Ash', isbn: '222', genre: null },
        { __typename: 'Film', id: 'f1', title: 'Tides, the film', minutes: 104 },
      ],
    },
  ],
  [
    'a field that requires another, and one that is provided on the way',
    '{ books { title weightGrams postage inStock author { name born } } }',
    {
      books: [{ title: 'Tides', weightGrams: 300, postage: 30, inStock: 7, author: { name: 'Ida Quill', born: 1901 } }],
    },
  ],
  ['a field whose required field nobody asked for', '{ books { postage } }', { books: [{ postage: 30 }] }],
  [
    'fields on an interface object, and entities behind it',
    '{ items { id stars reviews { text by { name } } } }',
    {
      items: [
        {
          id: 'b1',
          stars: 4.5,
          reviews: [
            { text: 'Wet.', by: { name: 'Tom Inkwell' } },
            { text: 'Long.', by: null },
          ],
        },
        { id: 'b2', stars: null, reviews: [] },
        { id: 'f1', stars: 4.5, reviews: [] },
      ],
    },
  ],
  [
    'the type of what an interface object refers to',
    '{ bestReviewed { __typename title stars } }',
    { bestReviewed: { __typename: 'Film', title: 'Tides, the film', stars: 4.5 } },
  ],
  [
    'an interface object of which nobody else knows, where its type makes no difference',
    '{ lostReviewed { id ... on Item { stars } ... { s: stars } } }',
    { lostReviewed: { id: 'lost', stars: 4.5, s: 4.5 } },
  ],
  [
    'an interface object of which nobody else knows, where its type is asked for',
    '{ lostReviewed { __typename id } }',
    { lostReviewed: null },
  ],
  [
    'a type with two keys, reached by either',
    '{ item(id: "b1") { ... on Book { loans { due book { title stars postage } } } } }',
    { item: { loans: [{ due: '2027-01-08', book: { title: 'Tides', stars: 4.5, postage: 30 } }] } },
  ],
  ['what is not there', '{ item(id: "none") { title stars } }', { item: null }],
  [
    'a union, with a type that another subgraph completes',
    '{ search(text: "Ida") { __typename ... on Item { title } ... on Author { name pseudonym born } } }',
    { search: [{ __typename: 'Author', name: 'Ida Quill', pseudonym: 'I. Q.', born: 1901 }] },
  ],
  [
    'a fragment on a type that is not there',
    '{ item(id: "f1") { ...B title } } fragment B on Book { isbn }',
    { item: { title: 'Tides, the film' } },
  ],
  [
    'an entity that its subgraph does not know, where it may be null',
    '{ loans { due book { isbn weightGrams } } }',
    {
      loans: [
        { due: '2027-01-08', book: { isbn: '111', weightGrams: 300 } },
        { due: '2027-01-09', book: { isbn: '999', weightGrams: null } },
      ],
    },
  ],
  [
    'a scalar of any shape, as a literal',
    '{ echo(json: { a: [1, "x", null, { b: true }] }) }',
    { echo: { a: [1, 'x', null, { b: true }] } },
  ],
  [
    'a scalar of any shape, as a variable',
    { query: 'query ($json: Json) { echo(json: $json) }', variables: { json: { a: [1.5, { b: [] }] } } },
    { echo: { a: [1.5, { b: [] }] } },
  ],
  ['a scalar of any shape, by its default', '{ filtered }', { filtered: { a: [1, { b: null }] } }],
  [
    'lists of lists, and one value where a list is expected',
    {
      query: 'query ($m: [[Int!]!]) { two: echo(matrix: $m) one: echo(matrix: 3) }',
      variables: { m: [[1, 2], [3]] },
    },
    { two: [[1, 2], [3]], one: [[3]] },
  ],
  [
    'one field under several names',
    '{ n: books(genre: NOVEL) { id } p: books(genre: POETRY) { id } books { id: title } }',
    { n: [{ id: 'b1' }], p: [{ id: 'b2' }], books: [{ id: 'Tides' }] },
  ],
  [
    'names of the client’s like those of keys',
    '{ item(id: "b1") { id: title isbn: __typename stars ... on Book { postage weightGrams: isbn } } }',
    { item: { id: 'Tides', isbn: 'Book', stars: 4.5, postage: 30, weightGrams: '111' } },
  ],
  [
    'what variables leave out and let in',
    {
      query: `query ($yes: Boolean!, $no: Boolean = false) {
        item(id: "b1") { title @skip(if: $yes) stars @include(if: $no) ...B @include(if: $yes) ... @skip(if: $yes) { id } }
      } fragment B on Book { isbn postage @include(if: $yes) }`,
      variables: { yes: true },
    },
    { item: { isbn: '111', postage: 30 } },
  ],
  [
    'an operation of several',
    { query: 'query A { items { id } } query B { item(id: "f1") { id } }', operationName: 'B' },
    { item: { id: 'f1' } },
  ],
  ['no field of any subgraph', '{ __typename t: __typename }', { __typename: 'Query', t: 'Query' }],
  [
    'a mutation, with a default inside its input, and what other subgraphs know of the result',
    'mutation { rename(input: { id: "b1", title: "New" }) { __typename title stars } }',
    { rename: { __typename: 'Book', title: 'New (none)', stars: 4.5 } },
  ],
  [
    'mutations of several subgraphs, in their order',
    'mutation { first: reset review(id: "b1", text: "Good.") { text by { name } } last: reset }',
    { first: true, review: { text: 'Good.', by: { name: 'Ida Quill' } }, last: true },
  ],
  [
    'the schema, without what is not accessible',
    '{ genre: __type(name: "Genre") { enumValues { name } } join: __type(name: "join__Graph") { name } }',
    { genre: { enumValues: [{ name: 'NOVEL' }, { name: 'POETRY' }] }, join: null },
  ],
  [
    'null for values and objects that are not accessible',
    '{ genres shelf { ... on Book { title } } }',
    { genres: ['NOVEL', null], shelf: [{ title: 'Tides' }, null] },
  ],
  [
    'descriptions as they were written',
    '{ __type(name: "Query") { description fields { description } } }',
    { __type: { description: 'Where a search\nbegins.', fields: Array(16).fill({ description: null }) } },
  ],
];

const WITH_ERRORS: Row[] = [
  [
    'a field that fails, where it may be null',
    '{ flaky { fine broken inner { fine broken } } }',
    { flaky: { fine: 'fine', broken: null, inner: { fine: 'inner', broken: null } } },
    [
      ['flaky', 'broken'],
      ['flaky', 'inner', 'broken'],
    ],
  ],
  [
    'a field that fails, where it may not',
    '{ flaky { fine inner { brokenStrict } } }',
    { flaky: { fine: 'fine', inner: null } },
    [['flaky', 'inner', 'brokenStrict']],
  ],
  [
    'one that fails in each item of a list',
    '{ flakies { b: brokenStrict } }',
    { flakies: [null, null] },
    [
      ['flakies', 0, 'b'],
      ['flakies', 1, 'b'],
    ],
  ],
  ['one without which there is no answer', '{ strict { always } items { id } }', null, [['strict']]],
  [
    'an entity that lacks what it must have',
    '{ books(genre: POETRY) { title inStock } }',
    null,
    [['books', 0, 'inStock']],
  ],
  [
    'a null where none may be, in an item that must be there',
    '{ authors { id pseudonym } }',
    null,
    [['authors', 1, 'pseudonym']],
  ],
  [
    'an entity that its subgraph does not know, where it must be there',
    '{ loans { due book { title } } }',
    null,
    [['loans', 1, 'book', 'title']],
  ],
];

const REFUSED: [title: string, asked: string | Asked][] = [
  ['a field that is not accessible', '{ item(id: "b1") { ... on Book { shelfCode } } }'],
  ['a value that is not accessible', '{ books(genre: DRAFT) { id } }'],
  ['a field that is not there', '{ nothing }'],
  ['a text that does not parse', '{ items {'],
  ['an operation of another name', { query: 'query A { items { id } }', operationName: 'B' }],
  ['a subscription', 'subscription { added { id } }'],
  ['a variable that must be given', 'query ($id: ID!) { item(id: $id) { id } }'],
];

const asAsked = (asked: string | Asked): Asked => (typeof asked === 'string' ? { query: asked } : asked);

describe('a supergraph of anybody’s', () => {
  it.each(ANSWERED)('answers %s', async (_title, asked, data) => {
    const answer = await ask(gateway.url, asAsked(asked));
    expect(answer.errors).toBeUndefined();
    expect(JSON.stringify(answer.data)).toBe(JSON.stringify(data));
    expect(answer.status).toBe(200);
  });

  it('tells a default value that is an object of a scalar as it is stated', async () => {
    const asked = '{ __type(name: "Query") { fields { args { name defaultValue } } } }';
    const { data, errors } = await ask(gateway.url, asAsked(asked));
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toContain('{"args":[{"name":"by","defaultValue":"{a: [1, {b: null}]}"}]}');
  });

  it.each(WITH_ERRORS)('answers with errors %s', async (_title, asked, data, places) => {
    const answer = await ask(gateway.url, asAsked(asked));
    expect(answer.data).toEqual(data);
    expect(answer.errors?.map(({ path }) => path)).toEqual(places);
    expect(answer.text).not.toContain('secret');
  });

  it.each(REFUSED)('refuses %s', async (_title, asked) => {
    const answer = await ask(gateway.url, asAsked(asked));
    expect(answer.errors?.length).toBeGreaterThan(0);
    expect(answer.data ?? null).toBeNull();
    expect(answer.errors?.[0]?.extensions?.code).not.toBe('INTERNAL_SERVER_ERROR');
  });

  it('is asked by calls that nobody signed, whatever its client sends', async () => {
    subgraphs.headers.length = 0;
    const answer = await ask(
      gateway.url,
      { query: '{ version }' },
      { authorization: 'Bearer of-another-graph', cookie: 'a=b' },
    );
    expect(answer.data).toEqual({ version: expect.stringMatching(/^(catalogue|people)$/) });
    expect(subgraphs.headers.length).toBe(1);
    const names = Object.keys(subgraphs.headers[0] ?? {});
    expect(names.filter((name) => /^schoolgraph|authorization|cookie/.test(name))).toEqual([]);
  });

  it('is ready, lives, and makes no folder', async () => {
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
    expect(readdirSync(folder)).toEqual(['supergraph.graphql']);
  });
});
