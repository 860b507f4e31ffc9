/** One supergraph made ready to be served: what clients see of it, the rules that it states, an engine that plans by it. */
import { createApolloEngine } from './engine/apollo.ts';
import type { CallSubgraph } from './engine/signed-source.ts';
import { createExecuteOperation, type ExecuteOperation } from './operations/execute-operation.ts';
import { createFetchPicture, type FetchPicture } from './operations/fetch-picture.ts';
import { createGuestWall } from './policy/guest-wall.ts';
import { type GraphRules, readRules } from './policy/rules.ts';
import { readSupergraph, type Supergraph } from './supergraph/supergraph.ts';

export interface Graph {
  supergraph: Supergraph;
  rules: GraphRules;
  execute: ExecuteOperation;
  /** Null where the graph keeps no pictures. */
  fetchPicture: FetchPicture | null;
  /** To be called once nobody uses it any more. */
  close(): Promise<void>;
}

/** How the subgraphs of one supergraph are reached. */
export interface Subgraphs {
  call: CallSubgraph;
  close(): Promise<void>;
}

/** Asked anew with every supergraph, whose addresses may differ. Throws where this gateway may not serve it. */
export type ConnectSubgraphs = (supergraph: Supergraph) => Subgraphs;

/** Throws where the supergraph does not hold, or asks for what this gateway does not do. */
export async function createGraph(sdl: string, connect: ConnectSubgraphs): Promise<Graph> {
  const supergraph = readSupergraph(sdl);
  const { apiSchema, plannerSdl, document } = supergraph;
  const rules = readRules(document);
  const subgraphs = connect(supergraph);
  try {
    const engine = await createApolloEngine(plannerSdl, subgraphs.call);
    const guestWall = createGuestWall(apiSchema, rules, subgraphs.call);
    const execute = createExecuteOperation({ apiSchema, rules, guestWall, engine });
    const fetchPicture = createFetchPicture(rules, subgraphs.call);
    return { supergraph, rules, execute, fetchPicture, close: subgraphs.close };
  } catch (error) {
    await subgraphs.close();
    throw error;
  }
}
