import { describe, expect, it } from 'vitest';
import { type ManifestFile, readManifests } from './manifest.ts';
import { sha256Of } from './operation-id.ts';

const TEXT = 'query Names { node { name } }';

const apollo = (...operations: object[]) => ({
  path: 'list.json',
  content: JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
});
const relay = (map: object) => ({ path: 'relay.json', content: JSON.stringify(map) });
const graphql = (path: string, content: string) => ({ path, content });

/** What is published, without what is made of it. */
const read = (...files: ManifestFile[]) => {
  const { operations, problems } = readManifests(files);
  expect(problems).toEqual([]);
  return operations.map(({ id, name, type, text }) => ({ id, name, type, text }));
};

describe('a manifest', () => {
  const NAMES = { id: 'n1', name: 'Names', type: 'query', text: TEXT };

  it('is read as Apollo’s compiler writes it', () => {
    expect(read(apollo({ id: 'n1', body: TEXT, name: 'Names', type: 'query' }))).toEqual([NAMES]);
  });

  it('is read as Relay’s compiler writes it', () => {
    expect(read(relay({ n1: TEXT }))).toEqual([NAMES]);
  });

  it('may say of an id that it is the hash of its text', () => {
    expect(read(relay({ [`SHA256:${sha256Of(TEXT)}`]: TEXT }))).toEqual([{ ...NAMES, id: sha256Of(TEXT) }]);
  });

  it('may have the same names in each of its objects', () => {
    const text = 'query A { a(b: "{\\"id\\": \\"id\\"}") }';
    expect(
      read(
        apollo(
          { id: 'n1', body: TEXT, name: 'Names', type: 'query' },
          { id: 'a1', body: text, name: 'A', type: 'query' },
        ),
      ),
    ).toEqual([NAMES, { id: 'a1', name: 'A', type: 'query', text }]);
  });

  it('may be in several files, and say the same of an operation twice', () => {
    const more = 'mutation Change { change }';
    expect(read(apollo({ id: 'n1', body: TEXT, name: 'Names', type: 'query' }), relay({ n1: TEXT, c1: more }))).toEqual(
      [NAMES, { id: 'c1', name: 'Change', type: 'mutation', text: more }],
    );
  });
});

describe('files of GraphQL', () => {
  const SHARED = graphql('ops/fragments.graphql', 'fragment Far on Node { id } fragment Near on Node { name ...Far }');
  const printed = (text: string) => ({ id: sha256Of(text), name: 'Names', type: 'query', text });

  it('have the operation with the fragments that it uses, and of those no others', () => {
    const own = graphql('ops/names.graphql', `query Names { node { ...Near } } fragment Unused on Node { id }`);
    expect(read(own, SHARED)).toEqual([
      printed(
        'query Names {\n  node {\n    ...Near\n  }\n}\n\nfragment Far on Node {\n  id\n}\n\nfragment Near on Node {\n  name\n  ...Far\n}',
      ),
    ]);
  });

  it('give an operation the same id, whatever its comments and layout', () => {
    const [one] = read(graphql('a.graphql', TEXT));
    const [other] = read(graphql('b.graphql', `# the names\nquery Names {\n\tnode { name }\n}\n`));
    expect(other).toEqual(one);
  });

  it('are of one folder, however that is spelt', () => {
    const own = { ...graphql('./names.graphql', 'query Names { node { ...Near } }'), folder: '/ops' };
    const [operation] = read(own, { ...SHARED, path: '/ops/fragments.graphql', folder: '/ops' });
    expect(operation?.text).toContain('fragment Near');
  });

  it('keep the places of what is written in them', () => {
    const own = graphql('ops/names.graphql', '\n\n    query Names { node { ...Near } }');
    const { operations } = readManifests([own, SHARED]);
    const places = operations[0]?.document.definitions.map(({ loc }) => [loc?.source.name, loc?.start]);
    expect(places).toEqual([
      ['ops/names.graphql', 6],
      ['ops/fragments.graphql', 28],
      ['ops/fragments.graphql', 0],
    ]);
    // of what is published, as that is what a limit is for
    expect(operations[0]?.document.tokenCount).toBe(25);
  });

  it('take no fragments of another folder', () => {
    const [operation] = read(graphql('other/names.graphql', 'query Names { node { ...Near } }'), SHARED);
    expect(operation?.text).not.toContain('fragment');
  });
});

describe('a problem names the file, the operation and what was expected', () => {
  const operation = { id: 'n1', body: TEXT, name: 'Names', type: 'query' };
  it.each<[string, { path: string; content: string }[], RegExp]>([
    ['no JSON', [{ path: 'list.json', content: '{"n1" 1}' }], /^list\.json: expected JSON\. .* \(line 1 column 7\)\.$/],
    [
      'JSON that is cut off',
      [{ path: 'list.json', content: '{"n1": "a' }],
      /^list\.json: expected JSON\. .*Unterminated/,
    ],
    [
      'an id twice in a map',
      [{ path: 'relay.json', content: `{"n1": "query A { a }", "n\\u0031": ${JSON.stringify(TEXT)}}` }],
      /^relay\.json: expected each name of an object once: "n\\u0031" is there twice\.$/,
    ],
    [
      'an id that is the hash of another text',
      [relay({ [`sha256:${sha256Of('query A { a }')}`]: TEXT })],
      /^relay\.json, operation "sha256:\w+": expected the SHA-256 of its text/,
    ],
    ['a list', [relay([])], /^relay\.json: expected Apollo's manifest/],
    [
      'another version',
      [{ path: 'v.json', content: '{"format":"apollo-persisted-query-manifest","version":2,"operations":[]}' }],
      /^v\.json: expected .*"version": 1/,
    ],
    ['another kind of file', [{ path: 'list.txt', content: TEXT }], /^list\.txt: expected a name that ends in/],
    ['no object', [apollo([])], /^list\.json, operation 1: expected \{"id"/],
    [
      'no id',
      [apollo({ ...operation, id: '' })],
      /^list\.json, operation "Names": expected the id of a persisted operation/,
    ],
    ['no text', [relay({ n1: null })], /^relay\.json, operation "n1": expected its text as a string\./],
    ['no GraphQL', [relay({ n1: 'query {' })], /^relay\.json, operation "n1": expected GraphQL\. Syntax Error/],
    ['two operations', [relay({ n1: `${TEXT} query Other { a }` })], /expected one operation with its fragments/],
    ['no operation', [relay({ n1: 'fragment F on A { b }' })], /expected one operation with its fragments/],
    [
      'a definition of a schema',
      [relay({ n1: `${TEXT} type A { b: Int }` })],
      /expected one operation with its fragments/,
    ],
    ['no name', [relay({ n1: '{ a }' })], /expected an operation with a name/],
    ['a subscription', [relay({ n1: 'subscription S { a }' })], /expected a query or a mutation/],
    [
      'another name beside it',
      [apollo({ ...operation, name: 'Other' })],
      /^list\.json, operation "Other": expected the name of its text, "Names"\./,
    ],
    [
      'another type beside it',
      [apollo({ ...operation, type: 'mutation' })],
      /expected the type of its text, "query"\./,
    ],
    [
      'an id of two texts',
      [relay({ n1: TEXT }), apollo({ id: 'n1', body: 'query Other { a }', name: 'Other', type: 'query' })],
      /operation "\w+": expected an id of its own/,
    ],
    [
      'a name of two operations',
      [relay({ n1: TEXT, n2: 'query Names { a }' })],
      /^relay\.json, operation "Names": expected a name of its own/,
    ],
    [
      'a file that does not parse',
      [graphql('a.graphql', 'query Names {\n  node {')],
      /^a\.graphql: expected GraphQL\..*line 2/,
    ],
    [
      'a file with two operations',
      [graphql('a.graphql', `${TEXT} query Other { a }`)],
      /^a\.graphql: expected one operation with its fragments, or fragments alone\./,
    ],
    [
      'a fragment twice in a folder',
      [
        graphql('o/a.graphql', 'query A { ...F }'),
        graphql('o/f.graphql', 'fragment F on Query { a }'),
        graphql('o/g.graphql', 'fragment F on Query { b }'),
      ],
      /^o\/g\.graphql, fragment "F": expected a name of its own/,
    ],
  ])('%s', (_what, files, expected) => {
    const { problems } = readManifests(files);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(expected);
  });
});
