/** For a partner's client there is what is tagged for partners; everything else is answered as nonsense is. */
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createGraph } from '../../gateway/graph.ts';
import type { PublishedOperation } from '../../gateway/operations/persisted/lists.ts';
import { RequestRefused } from '../../gateway/operations/request-refused.ts';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { callerWith, composed, smallGraph } from './small-graph.ts';

const P = '@tag(name: "partner")';

const school = {
  name: 'school',
  typeDefs: `
    type Query {
      pupil(id: ID ${P}, secret: Int): Pupil ${P}
      pupils: [Pupil!]! ${P}
      things: [Thing] ${P}
      node: Node ${P}
      find(filter: Filter ${P}, kind: Kind ${P}): String ${P}
      hidden: String
      record: Record
    }
    type Mutation { rename: Pupil }
    interface Node { id: ID! ${P} }
    "A pupil."
    type Pupil implements Node @key(fields: "id") {
      id: ID! ${P}
      name: String ${P} @requiresScopes(scopes: [["names"]])
      kind: Kind ${P}
      kinds: [Kind] ${P}
      upn: String
      record: Record
    }
    type Record implements Node { id: ID! text: String }
    union Thing ${P} = Pupil | Record
    enum Kind { DAY ${P} BOARDER ${P} SECRET }
    input Filter { kind: Kind ${P} upn: String }`,
  resolvers: {
    Query: {
      pupil: () => pupil,
      pupils: () => [pupil],
      things: () => [
        { __typename: 'Pupil', ...pupil },
        { __typename: 'Record', id: 'r' },
      ],
      node: () => ({ __typename: 'Record', id: 'r' }),
      find: (_: unknown, given: object) => JSON.stringify(given),
      hidden: () => 'hidden',
    },
    Mutation: { rename: () => pupil },
    Pupil: { __resolveReference: () => pupil },
  },
};

const pupil = { id: '1', name: 'Ada', kind: 'DAY', kinds: ['DAY', 'SECRET', null], upn: 'A1', record: { id: 'r' } };

const isPartner = (client: string): boolean => client === 'app';
const by = (client: string | null, ...scopes: string[]): Caller => ({
  ...callerWith(...scopes),
  client: client === null ? null : { name: client, version: '1' },
});
const PARTNER = by('app', 'names');
const OWN = by('web', 'names');

const { run, asked } = await smallGraph([school], undefined, { isPartner });
const told = async (query: string, caller: Caller, variables = {}) => {
  const { data, errors } = await run(query, { caller, variables, validate: false });
  return { data, errors: errors.map(({ message, extensions: { code } }) => ({ message, code })) };
};

describe('a partner’s client', () => {
  it('reads what is tagged, by the scopes of its caller', async () => {
    expect(await told('{ pupil(id: "1") { __typename id name kind } pupils { id } }', PARTNER)).toEqual({
      data: { pupil: { __typename: 'Pupil', id: '1', name: 'Ada', kind: 'DAY' }, pupils: [{ id: '1' }] },
      errors: [],
    });
    expect((await told('{ pupil { id name } }', by('app'))).data).toEqual({ pupil: { id: '1', name: null } });
  });

  it('is shown of the schema what is tagged', async () => {
    const { data } = await told(getIntrospectionQuery(), PARTNER);
    const schema = buildClientSchema(data as unknown as IntrospectionQuery);
    const names = Object.keys(schema.getTypeMap()).filter((name) => !name.startsWith('__'));
    expect(names.sort()).toEqual(['Boolean', 'Filter', 'ID', 'Kind', 'Node', 'Pupil', 'Query', 'String', 'Thing']);
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual([
      'pupil',
      'pupils',
      'things',
      'node',
      'find',
    ]);
    expect(schema.getMutationType() ?? null).toBeNull();
    const type = (name: string) => `{ __type(name: "${name}") { description fields { name } possibleTypes { name } } }`;
    expect((await told(type('Record'), PARTNER)).data).toEqual({ __type: null });
    expect((await told(type('Record'), OWN)).data).not.toEqual({ __type: null });
    expect((await told(type('Node'), PARTNER)).data).toMatchObject({ __type: { possibleTypes: [{ name: 'Pupil' }] } });
    expect((await told(type('Pupil'), PARTNER)).data).toEqual({
      __type: {
        description: 'A pupil.',
        fields: [{ name: 'id' }, { name: 'name' }, { name: 'kind' }, { name: 'kinds' }],
        possibleTypes: null,
      },
    });
  });

  it.each([
    ['a field', (name: string) => `{ ${name} }`, 'hidden'],
    ['a field of a type', (name: string) => `{ pupil { ${name} } }`, 'upn'],
    ['a field of a hidden type', (name: string) => `{ ${name} { id } }`, 'record'],
    ['an argument', (name: string) => `{ pupil(${name}: 1) { id } }`, 'secret'],
    ['an input field', (name: string) => `{ find(filter: { ${name}: "x" }) }`, 'upn'],
    ['an enum value', (name: string) => `{ find(kind: ${name}) }`, 'SECRET'],
    ['an enum value in an input', (name: string) => `{ find(filter: { kind: ${name} }) }`, 'SECRET'],
    ['a fragment’s type', (name: string) => `{ node { ... on ${name} { id } } }`, 'Record'],
    ['a named fragment’s type', (name: string) => `{ node { ...F } } fragment F on ${name} { id }`, 'Record'],
    ['a variable’s type', (name: string) => `query ($x: ${name}) { find(kind: $x) }`, 'Record'],
    ['a mutation', (name: string) => `mutation { ${name} { id } }`, 'rename'],
  ])('that names %s that is not tagged gets the answer of nonsense, to the letter', async (_what, text, hidden) => {
    asked.length = 0;
    const nonsense = hidden === hidden.toUpperCase() ? 'NONSENS' : 'nonsense';
    const answer = await told(text(hidden), PARTNER);
    const expected = await told(text(nonsense), PARTNER);
    expect(answer.errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(answer)).toBe(JSON.stringify(expected).replaceAll(nonsense, hidden));
    expect(asked).toEqual([]);
    // to others it is there
    const own = await told(text(hidden), OWN);
    expect(own.errors.filter(({ message }) => message === answer.errors[0]?.message)).toEqual([]);
  });

  it('that sends a hidden value as a variable is told what it is told of nonsense', async () => {
    const query = 'query ($kind: Kind, $filter: Filter) { find(kind: $kind, filter: $filter) }';
    expect(await told(query, OWN, { kind: 'SECRET', filter: { upn: 'x' } })).toMatchObject({ errors: [] });
    for (const [hidden, nonsense] of [
      [{ kind: 'SECRET' }, { kind: 'NONSENS' }],
      [{ filter: { upn: 'x' } }, { filter: { nonsense: 'x' } }],
      [{ filter: { kind: 'SECRET' } }, { filter: { kind: 'NONSENS' } }],
    ]) {
      const answer = await told(query, PARTNER, hidden);
      expect(answer.errors).toHaveLength(1);
      expect(JSON.stringify(answer)).toBe(
        JSON.stringify(await told(query, PARTNER, nonsense)).replaceAll('nonsense', 'upn'),
      );
    }
  });

  it('is answered null in place of a hidden value or an object of a hidden type', async () => {
    expect(
      (await told('{ pupil { kinds } things { __typename ... on Pupil { id } } node { id } }', PARTNER)).data,
    ).toEqual({
      pupil: { kinds: ['DAY', null, null] },
      things: [{ __typename: 'Pupil', id: '1' }, null],
      node: null,
    });
    expect((await told('{ pupil { kinds } node { id } }', OWN)).data).toEqual({
      pupil: { kinds: ['DAY', 'SECRET', null] },
      node: { id: 'r' },
    });
  });

  it('shares no plan and no answer with others, in any order and in the same tick', async () => {
    const query = '{ pupil { kinds } node { __typename } }';
    const whole = { pupil: { kinds: ['DAY', 'SECRET', null] }, node: { __typename: 'Record' } };
    const part = { pupil: { kinds: ['DAY', null, null] }, node: null };
    for (const callers of [
      [OWN, PARTNER, OWN],
      [PARTNER, OWN, PARTNER],
    ]) {
      const fresh = await smallGraph([school], undefined, { isPartner });
      const answers = await Promise.all(callers.map((caller) => fresh.run(query, { caller })));
      expect(answers.map(({ data }) => data)).toEqual(callers.map((caller) => (caller === PARTNER ? part : whole)));
      expect((await fresh.run(query, { caller: PARTNER })).data).toEqual(part);
    }
  });

  it('is not told how an operation is planned, which names what is not in the contract', async () => {
    const query = '{ pupil { id } }';
    expect((await run(query, { caller: OWN, explain: 'beside' })).extensions).toHaveProperty('cost');
    expect((await run(query, { caller: PARTNER, explain: 'beside' })).extensions).toBeUndefined();
    expect((await run(query, { caller: PARTNER, explain: 'instead' })).errors).toMatchObject([
      { extensions: { code: 'INTROSPECTION_DISABLED' } },
    ]);
  });

  it('is not any client whose caller says so: it stands in the token', async () => {
    expect((await told('{ hidden }', by(null))).data).toEqual({ hidden: 'hidden' });
    expect((await told('{ hidden }', by('apps'))).data).toEqual({ hidden: 'hidden' });
  });
});

const noSubgraphs = () => ({ call: async () => ({ data: { pupil: { id: '1' } }, errors: [] }), async close() {} });

describe('a published operation', () => {
  const published = (client: string, text: string): PublishedOperation => ({
    client,
    id: text,
    name: 'Q',
    text,
    hash: text,
  });

  it('of a partner’s client holds in the contract, or not at all', async () => {
    const { catalogue } = await createGraph(composed([school]), noSubgraphs, { isPartner });
    expect(catalogue.known(published('app', 'query Q { pupil { id } }')).view.name).toBe('partner');
    expect(() => catalogue.known(published('app', 'query Q { hidden }'))).toThrow(RequestRefused);
    expect(catalogue.known(published('web', 'query Q { hidden }')).view.name).toBe('whole');
  });

  it('is looked at again where its client becomes a partner’s', async () => {
    const partners = new Set<string>();
    const { catalogue } = await createGraph(composed([school]), noSubgraphs, {
      isPartner: (name) => partners.has(name),
    });
    const operation = published('web', 'query Q { hidden }');
    expect(catalogue.known(operation).view.name).toBe('whole');
    partners.add('web');
    expect(() => catalogue.known(operation)).toThrow(RequestRefused);
    partners.clear();
    expect(catalogue.known(operation).view.name).toBe('whole');
  });

  it('that was known in another view than its caller’s is not run', async () => {
    const { know, run: runKnown } = await createGraph(composed([school]), noSubgraphs, { isPartner });
    const source = 'query Q { hidden }';
    const document = parse(source);
    const [operation] = document.definitions;
    if (operation?.kind !== 'OperationDefinition') throw new Error('Expected an operation.');
    const known = know('whole', source, document, operation, true);
    const request = { variables: {}, caller: PARTNER, signal: new AbortController().signal };
    await expect(runKnown(known, request)).rejects.toThrow('another view');
  });
});

describe('a supergraph', () => {
  it('with nothing for partners has nothing for their clients', async () => {
    const untagged = { ...school, typeDefs: school.typeDefs.replaceAll(P, '') };
    const graph = await smallGraph([untagged], undefined, { isPartner });
    const { errors } = await graph.run('{ pupil { id } }', { caller: PARTNER, validate: false });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await graph.run('{ pupil { id } }', { caller: OWN })).data).toEqual({ pupil: { id: '1' } });
  });

  it('whose contract does not hold is not served', async () => {
    const broken = {
      ...school,
      typeDefs: school.typeDefs.replace(`hidden: String`, `hidden: String record2: Record ${P}`),
    };
    await expect(createGraph(composed([broken]), noSubgraphs)).rejects.toThrow(
      'Query.record2 gives Record, of which no field is tagged.',
    );
  });
});
