/** `@policy`: who meets it is a fact of the caller, and it counts wherever `@requiresScopes` does. */
import { describe, expect, it } from 'vitest';
import { policyNotes } from '../../gateway/policy/policy-notes.ts';
import { readRules } from '../../gateway/policy/rules.ts';
import { readSupergraph } from '../../gateway/supergraph/supergraph.ts';
import type { Caller, PersonCaller } from '../../subgraphs/kernel/caller.ts';
import { callerWith, composed, smallGraph } from './small-graph.ts';

const LEADS = '@policy(policies: [["role:DATA_LEAD"], ["role:SENCO", "school:900001"]])';

const people = {
  name: 'people',
  typeDefs: `
    type Query { person: Person node: Node things: [Thing] case: Case }
    interface Node { id: ID! }
    type Person implements Node @key(fields: "id") {
      id: ID!
      name: String
      case: String ${LEADS}
      both: String @policy(policies: [["role:TEACHER"]]) @requiresScopes(scopes: [["both"]])
      unknown: String @policy(policies: [["nobody:knows"], ["also-unknown"]])
      orUnknown: String @policy(policies: [["nobody:knows"], ["signed-in"]])
      level: Level
      code: Code
    }
    type Case implements Node @policy(policies: [["role:DATA_LEAD"]]) { id: ID! text: String }
    type Note { id: ID! text: String }
    union Thing = Case | Note
    enum Level @policy(policies: [["client:web"]]) { LOW HIGH }
    scalar Code @policy(policies: [["kind:app"]])
  `,
  resolvers: {
    Query: {
      person: () => person,
      node: () => ({ __typename: 'Case', id: 'c1', text: 'a case' }),
      things: () => [
        { __typename: 'Case', id: 'c1', text: 'a case' },
        { __typename: 'Note', id: 'n1', text: 'a note' },
      ],
      case: () => ({ id: 'c1', text: 'a case' }),
    },
    Person: { __resolveReference: () => person },
  },
};

const person = {
  __typename: 'Person',
  id: '1',
  name: 'Name',
  case: 'a case',
  both: 'both',
  unknown: 'unknown',
  orUnknown: 'or unknown',
  level: 'LOW',
  code: 'code',
};

const notes = {
  name: 'notes',
  typeDefs: `type Person @key(fields: "id") { id: ID! case: String @external
    summary: String @requires(fields: "case") ${LEADS} }`,
  resolvers: {
    Person: {
      __resolveReference: (reference: object) => reference,
      summary: ({ case: text }: { case: string }) => `of ${text}`,
    },
  },
};

const { run, asked, supergraph } = await smallGraph([people, notes]);

const as = (more: Partial<PersonCaller>, ...scopes: string[]): Caller => ({ ...callerWith(...scopes), ...more });
const TEACHER = as({});
const LEAD = as({ role: 'DATA_LEAD' });
const WEB = as({ client: { name: 'web', version: '1' } });
const read = async (query: string, caller: Caller | null) => (await run(query, { caller })).data;

describe('a field with @policy', () => {
  it('is left out, told of, and asked of no subgraph for a caller who does not meet it', async () => {
    asked.length = 0;
    const { data, errors } = await run('{ person { name case } }', { caller: TEACHER });
    expect(data).toEqual({ person: { name: 'Name', case: null } });
    expect(errors).toMatchObject([{ path: ['person', 'case'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }]);
    for (const { query } of asked) expect(query).not.toContain('case');
  });

  it('is answered to whoever meets all policies of one list, or those of another', async () => {
    const query = '{ person { case } }';
    expect(await read(query, LEAD)).toEqual({ person: { case: 'a case' } });
    expect(await read(query, as({ role: 'SENCO' }))).toEqual({ person: { case: 'a case' } });
    expect(await read(query, as({ role: 'SENCO', school: '900002' }))).toEqual({ person: { case: null } });
    expect(await read(query, null)).toEqual({ person: { case: null } });
  });

  it('needs its scopes as well', async () => {
    const query = '{ person { both } }';
    expect(await read(query, as({}, 'both'))).toEqual({ person: { both: 'both' } });
    expect(await read(query, as({}))).toEqual({ person: { both: null } });
    expect(await read(query, as({ role: 'SENCO' }, 'both'))).toEqual({ person: { both: null } });
  });

  it('that names what nobody knows is closed, but for another way that it names', async () => {
    expect(await read('{ person { unknown orUnknown } }', as({}, 'nobody:knows', 'also-unknown'))).toEqual({
      person: { unknown: null, orUnknown: 'or unknown' },
    });
    const rules = readRules(readSupergraph(supergraph).document);
    expect(rules.unknownPolicies).toEqual(['also-unknown', 'nobody:knows']);
    expect(policyNotes(rules)).toEqual([expect.stringContaining('nobody meets: "also-unknown", "nobody:knows".')]);
    expect(policyNotes({ unknownPolicies: [] })).toEqual([]);
  });

  it.each([
    ['alias', '{ person { name: case } }', { person: { name: null } }],
    ['named fragment', '{ person { ...F } } fragment F on Person { case }', { person: { case: null } }],
    [
      'nested fragment',
      '{ person { ...F } } fragment F on Person { ...G } fragment G on Person { case }',
      { person: { case: null } },
    ],
    ['interface', '{ node { ... on Person { case } } person { id } }', { node: null, person: { id: '1' } }],
    ['@include', 'query ($on: Boolean = true) { person { case @include(if: $on) } }', { person: { case: null } }],
    ['@skip', 'query ($off: Boolean = false) { person { case @skip(if: $off) } }', { person: { case: null } }],
    [
      '@skip of it all',
      'query ($on: Boolean = true) { person { name case @skip(if: $on) } }',
      { person: { name: 'Name' } },
    ],
    ['a key’s name', '{ person { id: case } }', { person: { id: null } }],
  ])('is not reached by %s', async (_way, query, data) => {
    expect(await read(query, TEACHER)).toEqual(data);
  });
});

describe('@policy', () => {
  it('of a type is that of each field of it, and of each that gives it', async () => {
    expect(await read('{ case { text } }', TEACHER)).toEqual({ case: null });
    expect(await read('{ case { text } }', LEAD)).toEqual({ case: { text: 'a case' } });
  });

  it('of a member of a union is that of its fields, and of no other member’s', async () => {
    const query = '{ things { ... on Case { text } ... on Note { text } } }';
    expect(await read(query, TEACHER)).toEqual({ things: [{ text: null }, { text: 'a note' }] });
    expect(await read(query, LEAD)).toEqual({ things: [{ text: 'a case' }, { text: 'a note' }] });
  });

  it('of an implementer is that of the interface’s field', async () => {
    expect(await read('{ node { id } }', TEACHER)).toEqual({ node: null });
    expect(await read('{ node { id } }', LEAD)).toEqual({ node: { id: 'c1' } });
  });

  it('of an enum or a scalar is that of the fields that give it', async () => {
    expect(await read('{ person { level code } }', TEACHER)).toEqual({ person: { level: null, code: null } });
    expect(await read('{ person { level code } }', WEB)).toEqual({ person: { level: 'LOW', code: null } });
  });

  it('of what a field @requires is that of the field', async () => {
    expect(await read('{ person { summary } }', TEACHER)).toEqual({ person: { summary: null } });
    expect(await read('{ person { summary } }', LEAD)).toEqual({ person: { summary: 'of a case' } });
  });

  it('is kept for other routers, and the planner is handed a copy without for: SECURITY', () => {
    const { sdl, plannerSdl, asksForSignIn } = readSupergraph(supergraph);
    expect(sdl).toContain('policy/v0.1", for: SECURITY');
    expect(plannerSdl).not.toContain('policy/v0.1", for: SECURITY');
    expect(plannerSdl).toContain('@policy(policies:');
    expect(asksForSignIn).toBe(true);
  });

  it('is found by the URL of its specification, whatever it is called', () => {
    const renamed = composed([people, notes])
      .replace('policy/v0.1", for: SECURITY', 'policy/v0.1", as: "decided", for: SECURITY')
      .replaceAll('@policy(', '@decided(')
      .replaceAll('policy__Policy', 'decided__Policy');
    expect(renamed).toContain('directive @decided(');
    const { requirementOf } = readRules(readSupergraph(renamed).document);
    expect(requirementOf('Person', 'case')).toEqual([
      { of: 'policies', anyOf: [['role:DATA_LEAD'], ['role:SENCO', 'school:900001']] },
    ]);
  });
});

describe('what a field depends on', () => {
  it('counts however far away it is, and in a circle', () => {
    const { requirementOf } = readRules(
      readSupergraph(
        composed([
          {
            name: 'a',
            typeDefs:
              'type Query { t: T } type T @key(fields: "id") { id: ID! a: Int @policy(policies: [["kind:app"]]) }',
            resolvers: {},
          },
          {
            name: 'b',
            typeDefs:
              'type T @key(fields: "id") { id: ID! a: Int @external b: Int @requires(fields: "a") @policy(policies: [["kind:app"]]) }',
            resolvers: {},
          },
          {
            name: 'c',
            typeDefs:
              'type T @key(fields: "id") { id: ID! b: Int @external c: Int @requires(fields: "b") @policy(policies: [["kind:app"]]) }',
            resolvers: {},
          },
        ])
          .replace(/c: Int (@join__field\([^)]*\)) @policy\([^)]*\)/, 'c: Int $1')
          // as composition before 2.12 let it pass
          .replace(/b: Int (@join__field.*?) @policy\([^)]*\)/, 'b: Int $1'),
      ).document,
    );
    expect(requirementOf('T', 'b')).toEqual(requirementOf('T', 'a'));
    expect(requirementOf('T', 'c')).toEqual(requirementOf('T', 'a'));
    expect(requirementOf('T', 'id')).toEqual([]);
  });
});
