/** Nothing of a person is read past the record: every type whose fields ask for a scope says whose it is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readRules } from '../../gateway/policy/rules.ts';
import { defineSubgraph, type SubgraphDefinition } from '../../subgraphs/kernel/subgraph/define-subgraph.ts';
import { subgraphSchema } from '../../subgraphs/kernel/subgraph/open-subgraph.ts';
import { loadSubgraphs } from '../kit/tenants.ts';
import { ROOT } from './source-files.ts';

const supergraph = parse(readFileSync(join(ROOT, 'schema/supergraph.graphql'), 'utf8'));
const rules = readRules(supergraph);
const definitions = await loadSubgraphs();

const types = supergraph.definitions.filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION);
const guarded = types
  .filter(({ name: { value: type }, fields = [] }) =>
    fields.some(({ name }) => rules.requirementOf(type, name.value).length > 0),
  )
  .map(({ name }) => name.value)
  .filter((name) => name !== 'Query' && name !== 'Mutation');

const declared = (of: 'subjects' | 'changes', isOfSomebody: boolean): string[] => [
  ...new Set(
    definitions.flatMap((definition) =>
      Object.entries(definition[of])
        .filter(([, whose]) => (whose !== null) === isOfSomebody)
        .map(([name]) => name),
    ),
  ),
];

describe('types whose fields ask for a scope or a sign-in', () => {
  it('are of a person, and recorded; or are one of these, of none', () => {
    const ofNobody = declared('subjects', false);
    expect(ofNobody).toEqual(['Viewer']);
    expect([...declared('subjects', true), ...ofNobody].sort()).toEqual(guarded.sort());
  });
});

describe('mutations', () => {
  it('change somebody’s record, and are recorded; or are one of these', () => {
    const ofNobody = declared('changes', false);
    expect(ofNobody.sort()).toEqual(['createCourse']);
    const all = types.find(({ name }) => name.value === 'Mutation')?.fields?.map(({ name }) => name.value) ?? [];
    expect([...declared('changes', true), ...ofNobody].sort()).toEqual([...all].sort());
  });
});

describe('a subgraph', () => {
  const small = (recorded: Partial<SubgraphDefinition>, typeDefs = ''): SubgraphDefinition =>
    defineSubgraph({
      name: 'small',
      typeDefs: `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@requiresScopes", "@authenticated"])
        type Query { pupil: Pupil }
        type Mutation { rename: Pupil }
        ${typeDefs}
        type Pupil { name: String @requiresScopes(scopes: [["names"]]) }`,
      resolvers: {},
      entities: [],
      migrations: [],
      createLoaders: () => ({}),
      publishes: [],
      subscriptions: {},
      subjects: {},
      changes: {},
      seeks: {},
      tells: {},
      ...recorded,
    });

  it('that does not say whose a type is does not open', () => {
    expect(() => subgraphSchema(small({ changes: { rename: null } }))).toThrow('must say whose Pupil is');
  });

  it('that does not say whose record a mutation changes does not open', () => {
    expect(() => subgraphSchema(small({ subjects: { Pupil: null } }))).toThrow('must say whose record rename changes');
  });

  const known = { subjects: { Pupil: () => null }, changes: { rename: null } };
  const NAMED = 'extend type Query { one(id: ID!): Pupil }';
  const RENAMED = `input Renaming { pupil: ID! } extend type Mutation { renameOne(input: Renaming!): Pupil }`;
  const LISTED = 'type Pupils { nodes: [Pupil!]! } extend type Query { pupils(first: Int, form: String): Pupils }';

  it.each([
    ['of what kind an id is', NAMED, known, 'must say of what kind "id" of one is'],
    [
      'of what kind an id of an input is',
      RENAMED,
      { ...known, changes: { rename: null, renameOne: null } },
      'must say of what kind "pupil" of renameOne is',
    ],
    ['what a filter tells', LISTED, known, 'must say what the arguments of pupils tell'],
  ])('that does not say %s does not open', (_what, typeDefs, recorded, message) => {
    expect(() => subgraphSchema(small(recorded, typeDefs))).toThrow(message);
  });

  it('that says both opens', () => {
    expect(
      subgraphSchema(small({ subjects: { Pupil: null }, changes: { rename: null } })).getType('Pupil'),
    ).toBeDefined();
  });
});
