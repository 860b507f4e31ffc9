/** Apollo's gateway as it comes, with nothing of ours around it: planner, executor, and its own answer. */
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { GatewayExecutor, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { parse } from 'graphql';
import type { AskedOperation, OpenWorld } from './open-world.ts';
import { type Call, type CurrentRun, createSubgraphTransport } from './subgraph-transport.ts';

interface BareAnswer {
  data: unknown;
  errors: readonly { path?: readonly (string | number)[] | undefined }[];
  calls: readonly Call[];
}

interface BareStock {
  run(asked: AskedOperation): Promise<BareAnswer>;
  stop(): Promise<void>;
}

export async function openBareStock({ supergraph, subgraphs }: OpenWorld): Promise<BareStock> {
  process.env.APOLLO_TELEMETRY_DISABLED = '1';
  let current: CurrentRun = { done: [], faults: [], calls: [] };
  const transport = createSubgraphTransport(subgraphs, () => current);
  const source = (name: string): GraphQLDataSource => ({
    async process({ request: { query, variables } }) {
      const body = JSON.stringify({ query, variables });
      const sent = { method: 'POST', path: '/', headers: {}, body } as const;
      return JSON.parse((await transport.call(name, sent, new AbortController().signal)).body);
    },
  });
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    buildService: ({ name }) => source(name),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const { executor } = await gateway.load({ apollo: {} });
  return {
    stop: () => gateway.stop(),
    async run(asked) {
      current = { done: [], faults: [], calls: [] };
      const { data, errors = [] } = await executor(contextOf(asked));
      return { data: JSON.parse(JSON.stringify(data ?? null)), errors, calls: current.calls };
    },
  };
}

const contextOf = ({ query, variables = {} }: AskedOperation): Parameters<GatewayExecutor>[0] =>
  ({
    request: { variables },
    document: parse(query),
    queryHash: query,
    context: {},
    metrics: {},
  }) as Partial<GatewayGraphQLRequestContext> as GatewayGraphQLRequestContext;
