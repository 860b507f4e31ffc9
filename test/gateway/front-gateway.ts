/** The gateway over HTTP on a supergraph with something of everything, for how strangers are met. */
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { expect } from 'vitest';
import type { SubgraphTransport } from '../../gateway/engine/engine.ts';
import type { FrontSettings } from '../../gateway/policy/front-settings.ts';
import { type SmallGateway, smallGateway } from './small-gateway.ts';
import { callerWith, composed, FEDERATION } from './small-graph.ts';

const typeDefs = `
  scalar Any
  enum Day { MONDAY TUESDAY }
  input Wish { day: Day count: Int names: [String!] more: [Wish!] id: ID! }
  type Node { id: ID! name: String child: Node children: [Node!] }
  type Query {
    node: Node
    sized(first: Int): [Node!] @listSize(slicingArguments: ["first"])
    pick(ids: [ID!], wish: Wish, day: Day, first: Int, price: Float, yes: Boolean, any: Any): Int
    numbers(lists: [[Int!]!]): Int
    fails(how: String): String
    needs(needed: Day!): Int
  }
  type Mutation { change(wish: Wish): Int }
`;

const NODE: object = { id: '1', name: 'Demo', child: () => NODE, children: () => [NODE] };

const schema = buildSubgraphSchema([
  {
    typeDefs: parse(FEDERATION + typeDefs),
    resolvers: {
      Query: { node: () => NODE, sized: () => [NODE], pick: () => 1, numbers: () => 1 },
      Mutation: { change: () => 1 },
    },
  },
]);

export const FRONT_TRANSPORT: SubgraphTransport = {
  async call(_subgraph, { body }) {
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    return { status: 200, body: JSON.stringify(await graphql({ schema, source: query, variableValues: variables })) };
  },
};

const SUPERGRAPH = composed([{ name: 'front', typeDefs, resolvers: {} }]);

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Undefined where the answer is no JSON. */
  body: { data?: Record<string, unknown> | null; errors?: ToldError[] } | undefined;
}

interface ToldError {
  message: string;
  extensions: Record<string, unknown>;
}

export interface Front {
  url: string;
  send(request: { path?: string; method?: string; headers?: Record<string, string>; body?: string }): Promise<Answer>;
  /** A POST with a body of JSON, twice: a text that has run is known, and answered the same. */
  ask(
    query: string,
    more?: { variables?: unknown; operationName?: string | null; headers?: Record<string, string> },
  ): Promise<Answer>;
}

/** Limits are enforced where it is not said otherwise; the token `someone` is somebody's. */
export async function startFront(
  settings: Partial<FrontSettings> = {},
  parts: Pick<SmallGateway, 'transport' | 'authenticate' | 'operationLists' | 'telemetry'> = {},
): Promise<Front> {
  const url = await smallGateway({
    transport: FRONT_TRANSPORT,
    supergraph: SUPERGRAPH,
    settings: { limitMode: 'enforce', ...settings },
    authenticate: async (authorization) => (authorization === 'Bearer someone' ? callerWith('schools:read') : null),
    ...parts,
  });
  const send: Front['send'] = async ({ path = '/graphql', method = 'POST', headers = {}, body }) => {
    const response = await fetch(`${url}${path}`, { method, headers, ...(body !== undefined && { body }) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };
  return {
    url,
    send,
    async ask(query, { headers = {}, ...more } = {}) {
      const request = {
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, ...more }),
      };
      const answer = await send(request);
      expect(told(await send(request))).toEqual(told(answer));
      return answer;
    },
  };
}

const told = ({ status, text }: Answer) => [status, text.replace(/"id":"[0-9a-f-]{36}"/g, '"id":"…"')];

function parsed(text: string): Answer['body'] {
  try {
    return JSON.parse(text) as Answer['body'];
  } catch {
    return undefined;
  }
}

/** The code of each error, in order. */
export const codesOf = ({ body }: Answer): unknown[] => (body?.errors ?? []).map(({ extensions }) => extensions.code);
