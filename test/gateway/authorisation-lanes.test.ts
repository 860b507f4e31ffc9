/** The same authorisation by text and by id, whatever the engine: in every mode, for every caller, answers and refusals to the byte. */
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createApolloEngine } from '../../gateway/engine/apollo.ts';
import type { SubgraphTransport } from '../../gateway/engine/engine.ts';
import type { CreateEngine } from '../../gateway/graph.ts';
import { sha256Of } from '../../gateway/operations/persisted/operation-id.ts';
import { AUTHORISATION_MODES, type AuthorisationMode } from '../../gateway/policy/authorisation-mode.ts';
import type { GatewayRefusal } from '../../gateway/policy/refusals.ts';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { testLists } from '../kit/operation-lists.ts';
import { smallGateway } from './small-gateway.ts';
import { callerWith, composed, FEDERATION } from './small-graph.ts';

const typeDefs = `
  type Query { person: Person @tag(name: "partner") node: Node nothing: Int @policy(policies: [["nobody:knows"]]) }
  type Mutation { rename(name: String!): Person @requiresScopes(scopes: [["rename"]]) }
  interface Node { id: ID! label: String }
  type Person implements Node {
    id: ID! @tag(name: "partner")
    label: String @requiresScopes(scopes: [["label"]])
    name: String @tag(name: "partner")
    phone: String @tag(name: "partner") @requiresScopes(scopes: [["phone"]])
    lead: String @policy(policies: [["role:DATA_LEAD"]])
    must: String! @requiresScopes(scopes: [["must"]])
  }`;

const PERSON = { __typename: 'Person', id: '1', label: 'a', name: 'b', phone: 'c', lead: 'd', must: 'e' };

const schema = buildSubgraphSchema([
  {
    typeDefs: parse(FEDERATION + typeDefs),
    resolvers: {
      Query: { person: () => PERSON, node: () => PERSON, nothing: () => 1 },
      Mutation: { rename: () => PERSON },
    },
  },
]);

const asked: string[] = [];
const transport: SubgraphTransport = {
  async call(_subgraph, { body }) {
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    asked.push(query);
    return { status: 200, body: JSON.stringify(await graphql({ schema, source: query, variableValues: variables })) };
  },
};

const TEXTS = [
  'query Q { person { id name phone } }',
  'query Q { person { name: phone a: phone b: lead } }',
  'query Q { person { name must } }',
  'query Q { node { label ... on Person { phone } } }',
  'query Q { node { ...A ...B } } fragment A on Node { x: label } fragment B on Person { x: label }',
  'query Q($on: Boolean = false) { person { name phone @include(if: $on) lead @skip(if: true) } }',
  'query Q { nothing person { id } }',
  'mutation M { rename(name: "x") { name phone } }',
] as const;

const CALLERS: Readonly<Record<string, Caller>> = {
  nothing: callerWith(),
  some: callerWith('phone', 'label'),
  lead: { ...callerWith('phone', 'must', 'rename'), role: 'DATA_LEAD' },
};

async function gatewayIn(authorisation: AuthorisationMode, createEngine?: CreateEngine) {
  const refusals: (readonly GatewayRefusal[])[] = [];
  const url = await smallGateway({
    transport,
    createEngine,
    supergraph: composed([{ name: 'people', typeDefs, resolvers: {} }]),
    settings: { authorisation },
    operationLists: await testLists({
      web: { mode: 'open', versions: { '1.0.0': TEXTS } },
      partner: { mode: 'open', versions: { '1.0.0': TEXTS } },
    }),
    isPartner: (client) => client === 'partner',
    recordRefusals: async (refused) => void refusals.push(refused.refusals),
    authenticate: async (authorization = '') => {
      const [, who = '', client = ''] = /^Bearer (\w+)@(\w+)$/.exec(authorization) ?? [];
      const caller = CALLERS[who];
      return caller ? ({ ...caller, client: { name: client, version: '1.0.0' } } as Caller) : null;
    },
  });
  /** What came, what was put on record, and what the subgraph was asked. */
  const ask = async (who: string, request: object) => {
    asked.length = 0;
    refusals.length = 0;
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${who}` },
      body: JSON.stringify(request),
    });
    const text = await response.text();
    return { status: response.status, text, refusals: refusals.flat(), asked: [...asked] };
  };
  return {
    byText: (who: string, query: string) => ask(who, { query }),
    byId: (who: string, text: string) => ask(who, { documentId: sha256Of(text) }),
  };
}

const pairs = Object.keys(CALLERS).flatMap((who) => TEXTS.map((text) => ({ who, text })));

describe.each(AUTHORISATION_MODES)('in %s mode', async (mode) => {
  const { byText, byId } = await gatewayIn(mode);
  const stock = await gatewayIn(mode, createApolloEngine);

  it.each(pairs)(
    'a caller who holds $who gets the same of $text by text and by id, by either engine',
    async ({ who, text }) => {
      const first = await byText(`${who}@web`, text);
      expect(first.status).toBe(200);
      expect(await byId(`${who}@web`, text)).toEqual(first);
      expect(await byText(`${who}@web`, text)).toEqual(first);
      const { asked: _by, ...told } = first;
      for (const lane of [stock.byText, stock.byId]) expect(await lane(`${who}@web`, text)).toMatchObject(told);
    },
  );

  it('what a caller may not read is not asked for, but in a dry run', async () => {
    for (const lane of [byText, byId]) {
      const { asked: sent, text } = await lane('nothing@web', TEXTS[0]);
      expect(sent.some((query) => query.includes('phone'))).toBe(mode === 'dry-run');
      expect(sent).toHaveLength(mode === 'reject' ? 0 : 1);
      expect(JSON.parse(text).data).toEqual(
        {
          filter: { person: { id: '1', name: 'b', phone: null } },
          reject: undefined,
          'dry-run': { person: { id: '1', name: 'b', phone: 'c' } },
        }[mode],
      );
    }
  });
});

describe('a partner’s client', async () => {
  const { byText, byId } = await gatewayIn('filter');

  it('reads by text and by id what is tagged, as its caller’s scopes open it', async () => {
    for (const lane of [byText, byId]) {
      const { text, refusals } = await lane('nothing@partner', TEXTS[0]);
      expect(JSON.parse(text).data).toEqual({ person: { id: '1', name: 'b', phone: null } });
      expect(refusals).toMatchObject([{ field: 'Person.phone' }]);
    }
  });

  it('runs by neither what is not', async () => {
    for (const text of TEXTS.slice(1)) {
      const answer = await byText('lead@partner', text);
      expect(JSON.parse(answer.text).errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
      expect(answer.asked).toEqual([]);
      const listed = await byId('lead@partner', text);
      expect(JSON.parse(listed.text)).not.toHaveProperty('data');
      expect(listed.asked).toEqual([]);
    }
  });
});
