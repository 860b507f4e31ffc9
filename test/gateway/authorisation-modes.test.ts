/** What becomes of an operation that asks for what its caller may not read: refused whole, or only told of. */
import { describe, expect, it } from 'vitest';
import type { GraphFront } from '../../gateway/graph.ts';
import type { AuthorisationMode } from '../../gateway/policy/authorisation-mode.ts';
import { DEFAULT_FRONT } from '../../gateway/policy/front-settings.ts';
import { LANES } from '../kit/lanes.ts';
import { smallGateway } from './small-gateway.ts';
import { callerWith, composed, smallGraph } from './small-graph.ts';

const people = {
  name: 'people',
  typeDefs: `
    type Query { people: [Person!]! person: Person node: Node open: String }
    type Mutation { rename(name: String!): Person  rank: Int @requiresScopes(scopes: [["rank"]]) }
    interface Node { id: ID! label: String }
    type Person implements Node @key(fields: "id") {
      id: ID!
      name: String
      label: String @requiresScopes(scopes: [["label"]])
      phone: String @requiresScopes(scopes: [["phone"]])
      case: Case
    }
    type Case @policy(policies: [["role:DATA_LEAD"]]) { text: String! }`,
  resolvers: {
    Query: {
      people: () => [person, person],
      person: () => person,
      node: () => ({ __typename: 'Person', ...person }),
      open: () => 'open',
    },
    Mutation: { rename: (_: unknown, { name }: { name: string }) => ({ ...person, name }), rank: () => 1 },
    Person: { __resolveReference: () => person },
  },
};

const person = { id: '1', name: 'Name', label: 'Label', phone: '01632 960001', case: { text: 'a case' } };

const calls = {
  name: 'calls',
  typeDefs: `type Person @key(fields: "id") { id: ID! phone: String @external
    callMe: String @requires(fields: "phone") @requiresScopes(scopes: [["phone"]]) }`,
  resolvers: {
    Person: {
      __resolveReference: (reference: object) => reference,
      callMe: ({ phone }: { phone: string }) => `call ${phone}`,
    },
  },
};

const graphIn = (authorisation: AuthorisationMode, more: GraphFront = {}) =>
  smallGraph([people, calls], undefined, { settings: { ...DEFAULT_FRONT, authorisation }, ...more });

const CODE = 'UNAUTHORIZED_FIELD_OR_TYPE';

/** Ways to ask for what the caller may not read, with the places that are told. */
const ASKED: [way: string, query: string, paths: string[][]][] = [
  ['a field', '{ person { name phone } }', [['person', 'phone']]],
  ['an alias', '{ person { name: phone } }', [['person', 'name']]],
  ['items of a list', '{ people { phone name } }', [['people', '@', 'phone']]],
  [
    'several places',
    '{ open person { phone case { text } } }',
    [
      ['person', 'phone'],
      ['person', 'case'],
    ],
  ],
  ['an interface', '{ node { label } }', [['node', 'label']]],
  ['a fragment', '{ person { ...F } } fragment F on Person { phone }', [['person', 'phone']]],
  [
    'one response key under two fragments',
    '{ node { ...A ...B } } fragment A on Person { x: label } fragment B on Person { x: label }',
    [['node', 'x']],
  ],
  ['what a field @requires', '{ person { callMe } }', [['person', 'callMe']]],
  ['@include', 'query ($on: Boolean = false) { person { name phone @include(if: $on) } }', [['person', 'phone']]],
  ['a mutation', 'mutation { rename(name: "x") { name phone } }', [['rename', 'phone']]],
  ['a mutation’s own field', 'mutation { rank rename(name: "x") { name } }', [['rank']]],
];

describe('an operation that asks for what its caller may not read, where such are rejected', async () => {
  const { run, asked } = await graphIn('reject');

  it.each(ASKED)('by %s is refused whole: nothing is run, one error says every place', async (_way, query, paths) => {
    asked.length = 0;
    const result = await run(query, { caller: callerWith() });
    expect(result).not.toHaveProperty('data');
    expect(result.errors.map(({ path, extensions }) => ({ path, extensions }))).toEqual([
      { path: undefined, extensions: { code: CODE, paths } },
    ]);
    expect(asked).toEqual([]);
  });

  it('is run for a caller who may read all of it, and then refused again to one who may not', async () => {
    const query = '{ person { name phone callMe } }';
    const data = { person: { name: 'Name', phone: '01632 960001', callMe: 'call 01632 960001' } };
    expect(await run(query, { caller: callerWith('phone') })).toEqual({ data, errors: [] });
    expect((await run(query, { caller: callerWith() })).errors[0]?.extensions.code).toBe(CODE);
    expect(await run(query, { caller: callerWith('phone', 'label') })).toEqual({ data, errors: [] });
  });

  it('is on record, before the answer leaves', async () => {
    const recorded: unknown[] = [];
    const graph = await graphIn('reject', {
      recordRefusals: async ({ refusals }) => {
        await new Promise(setImmediate);
        recorded.push(...refusals.map(({ code, field }) => [code, field]));
      },
    });
    await graph.run('{ person { phone case { text } } }', { caller: callerWith() });
    const each = [
      [CODE, 'Person.phone'],
      [CODE, 'Person.case'],
    ];
    expect(recorded).toEqual(LANES.flatMap(() => each));
    await graph.run('{ person { phone } }', { caller: null });
    expect(recorded).toHaveLength(LANES.length * each.length);
  });

  it('is not answered where the record cannot be written', async () => {
    const graph = await graphIn('reject', { recordRefusals: () => Promise.reject(new Error('No record.')) });
    await expect(graph.run('{ person { phone } }', { caller: callerWith() })).rejects.toThrow('No record.');
  });

  it.each([
    ['application/json', 200],
    ['application/graphql-response+json', 400],
  ])('over HTTP is a request error: %s has %i', async (accept, status) => {
    const url = await smallGateway({ supergraph: composed([people, calls]), settings: { authorisation: 'reject' } });
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query: '{ person { phone } }' }),
    });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({
      errors: [
        {
          message: 'The operation asks for fields or types that the caller may not read, and was not run.',
          extensions: { code: CODE, paths: [['person', 'phone']] },
        },
      ],
    });
  });
});

describe('an operation that asks for what its caller may not read, in a dry run', async () => {
  const observed: string[][] = [];
  const { run } = await graphIn('dry-run', { observeDryRun: (fields) => observed.push([...fields]) });

  it.each(ASKED)('by %s is answered in full, and each place is told of', async (_way, query, paths) => {
    const result = await run(query, { caller: callerWith() });
    const { extensions, ...answer } = result;
    expect(answer).toEqual(
      await run(query, { caller: { ...callerWith('phone', 'label', 'rank'), role: 'DATA_LEAD' } }),
    );
    expect(answer.errors).toEqual([]);
    expect(extensions).toEqual({
      authorizationErrors: paths.map((path) => ({
        message: 'Unauthorized field or type',
        path,
        extensions: { code: CODE },
      })),
    });
  });

  it('is told to whoever watches, by field, with each request', async () => {
    observed.length = 0;
    for (let times = 0; times < 2; times++) await run('{ a: person { phone } b: person { phone } }', { caller: null });
    await run('{ open }', { caller: null });
    expect(observed).toEqual(Array(2 * LANES.length).fill(['Person.phone']));
  });

  it('is not on record: nothing was refused', async () => {
    const recorded: unknown[] = [];
    const graph = await graphIn('dry-run', { recordRefusals: async (refused) => void recorded.push(refused) });
    await graph.run('{ person { phone } }', { caller: callerWith() });
    expect(recorded).toEqual([]);
  });
});
