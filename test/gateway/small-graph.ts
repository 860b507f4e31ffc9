/** A small supergraph of a test's own, behind our engine: real subgraphs, composed and planned, called in process. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, type GraphQLSchema, getOperationAST, graphql, parse, validate } from 'graphql';
import type { SubgraphTransport } from '../../gateway/engine/engine.ts';
import { createSubgraphCaller } from '../../gateway/engine/signed-source.ts';
import { createGraph, type GraphFront } from '../../gateway/graph.ts';
import type { OperationResult } from '../../gateway/operations/complete-answer.ts';
import type { Explain } from '../../gateway/operations/explanation.ts';
import type { Caller, PersonCaller } from '../../subgraphs/kernel/caller.ts';
import { createSealer } from '../../subgraphs/kernel/envelope.ts';
import { runByEveryLane } from '../kit/operation-lanes.ts';

export interface SmallSubgraph {
  name: string;
  typeDefs: string;
  resolvers: object;
}

interface SmallGraph {
  supergraph: string;
  /** What each subgraph was asked, in order. */
  asked: { subgraph: string; query: string; grants: string[] }[];
  /** By every lane, in each of which subgraphs must be asked the same; what is made known of it is of the first. */
  run(query: string, options?: RunOptions): Promise<OperationResult>;
}

interface RunOptions {
  caller?: Caller | null;
  variables?: Record<string, unknown>;
  operationName?: string;
  explain?: Explain;
  /** Whether the test's own text is checked first: not where it is to be refused. */
  validate?: boolean;
}

interface SubgraphBody {
  query: string;
  variables: Record<string, unknown>;
  extensions?: { grants: string[] };
}

export const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@shareable", "@tag", "@authenticated", "@requiresScopes", "@policy", "@interfaceObject", "@inaccessible", "@composeDirective", "@cost", "@listSize", "@context", "@fromContext"])\n`;

export function composed(subgraphs: readonly SmallSubgraph[]): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, typeDefs }) => ({ name, url: `http://${name}`, typeDefs: parse(FEDERATION + typeDefs) })),
  );
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

/**
 * `alter`: what comes of a subgraph's answer on its way, as text. `front`: how the graph is met, the defaults if not said.
 * `alterSupergraph`: for one that composition would not let through.
 */
export async function smallGraph(
  subgraphs: readonly SmallSubgraph[],
  alter: (subgraph: string, text: string) => string = (_subgraph, text) => text,
  front: GraphFront = {},
  alterSupergraph = (sdl: string) => sdl,
): Promise<SmallGraph> {
  const supergraphSdl = alterSupergraph(composed(subgraphs));
  const schemas = new Map<string, GraphQLSchema>(
    subgraphs.map(({ name, typeDefs, resolvers }) => [
      name,
      buildSubgraphSchema([{ typeDefs: parse(FEDERATION + typeDefs), resolvers: resolvers as never }]),
    ]),
  );
  const asked: SmallGraph['asked'] = [];
  const askedMeanwhile = new AsyncLocalStorage<SmallGraph['asked']>();
  const sealer = createSealer([{ id: 'test', secret: Buffer.alloc(32, 1).toString('base64url') }]);
  const transport: SubgraphTransport = {
    async call(subgraph, request) {
      const { query, variables, extensions } = JSON.parse(request.body) as SubgraphBody;
      askedMeanwhile.getStore()?.push({ subgraph, query, grants: extensions?.grants ?? [] });
      const result = await graphql({
        schema: schemas.get(subgraph) as GraphQLSchema,
        source: query,
        variableValues: variables,
      });
      return { status: 200, body: alter(subgraph, JSON.stringify(result)) };
    },
  };
  const callSubgraph = createSubgraphCaller(sealer, transport, (_id, error) => console.error(error));
  const graph = await createGraph(supergraphSdl, () => ({ call: callSubgraph, async close() {} }), front);
  const { apiSchema } = graph.supergraph;
  const documents = new Map<string, DocumentNode>();
  return {
    supergraph: supergraphSdl,
    asked,
    async run(query, { caller = null, variables = {}, operationName, explain, validate: isChecked = true } = {}) {
      const document = documents.get(query) ?? parse(query);
      documents.set(query, document);
      const invalid = isChecked ? validate(apiSchema, document) : [];
      if (invalid.length > 0) throw new Error(invalid.map(({ message }) => message).join('\n'));
      const operation = getOperationAST(document, operationName);
      if (!operation) throw new Error('The test names no operation.');
      const { signal } = new AbortController();
      const request = { source: query, document, operation, variables, caller, explain, signal };
      const { result, seen } = await runByEveryLane(graph, request, async (run) => {
        const calls: SmallGraph['asked'] = [];
        return { result: await askedMeanwhile.run(calls, run), seen: calls };
      });
      asked.push(...seen);
      return result;
    },
  };
}

export const callerWith = (...scopes: string[]): PersonCaller => ({
  subject: '00000000-0000-7000-8000-000000000001',
  kind: 'person',
  name: 'Demo Caller',
  role: 'TEACHER',
  school: '900001',
  scopes,
  client: null,
});
