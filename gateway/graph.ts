/** One supergraph made ready to be served: what clients see of it, the rules that it states, an engine that plans by it. */
import { createCompiledEngine } from './engine/compiled/engine.ts';
import type { Engine } from './engine/engine.ts';
import type { CallSubgraph } from './engine/signed-source.ts';
import { type ExecuteOperation, executeByText } from './operations/execute-operation.ts';
import { createFetchPicture, type FetchPicture } from './operations/fetch-picture.ts';
import { createKnowOperation } from './operations/known-operation.ts';
import { type Catalogue, createCatalogue } from './operations/persisted/catalogue.ts';
import { createKnowPublished } from './operations/persisted/know-published.ts';
import type { PreparationObserver } from './operations/prepared-operations.ts';
import { createPreparedOperations, type UsedOperation } from './operations/prepared-operations.ts';
import { createRunOperation, type OperationSteps, type RunOperation } from './operations/run-operation.ts';
import type { WarmedGraph } from './operations/warm-up.ts';
import type { CoversOperation } from './policy/app-grants.ts';
import { DEFAULT_FRONT, type FrontSettings } from './policy/front-settings.ts';
import { createGuestWall } from './policy/guest-wall.ts';
import type { IntrospectionAudience } from './policy/introspection.ts';
import type { LimitMode, ObserveCounts } from './policy/limits/limiter.ts';
import type { RecordRefusals } from './policy/refusals.ts';
import type { GraphRules } from './policy/rules.ts';
import type { IsPartner } from './policy/schema-views.ts';
import { createClientThrottles } from './policy/throttles/client-throttles.ts';
import { readGraph } from './read-graph.ts';
import { readSupergraph, type Supergraph, type SupergraphFile, withApiSchema } from './supergraph/supergraph.ts';

export interface Graph extends WarmedGraph {
  supergraph: Supergraph;
  rules: GraphRules;
  /** Who may ask for its schema. */
  introspection: IntrospectionAudience;
  limitMode: LimitMode;
  /** More than this of an operation's text is not parsed. */
  mostTokens: number;
  /** By text. */
  execute: ExecuteOperation;
  /** What is known already: by id. */
  run: RunOperation;
  /** The published operations, as it knows them. */
  catalogue: Catalogue;
  /** What it was asked for: the most important first. */
  recent(): UsedOperation[];
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
export type ConnectSubgraphs = (supergraph: SupergraphFile) => Subgraphs;

/** Of a supergraph as the stock planner loads it: without `for: SECURITY` on links that are enforced above. */
export type CreateEngine = (
  plannerSdl: string,
  callSubgraph: CallSubgraph,
) => Engine<unknown> | Promise<Engine<unknown>>;

export interface GraphFront {
  /** What plans operations and runs them; the stock executor is the other, and the oracle of the tests. */
  createEngine?: CreateEngine | undefined;
  settings?: FrontSettings;
  /** Of the process: a client has no more for a graph that takes another's place. */
  throttles?: ReturnType<typeof createClientThrottles> | undefined;
  observeCounts?: ObserveCounts | undefined;
  preparation?: PreparationObserver | undefined;
  recordRefusals?: RecordRefusals | undefined;
  observeDryRun?: OperationSteps<unknown>['observeDryRun'];
  coversOperation?: CoversOperation | undefined;
  /** Nobody's where it is not said. */
  isPartner?: IsPartner | undefined;
}

/** Throws where the supergraph does not hold, or asks for what this gateway does not do. */
export async function createGraph(sdl: string, connect: ConnectSubgraphs, front: GraphFront = {}): Promise<Graph> {
  const { createEngine = createCompiledEngine } = front;
  const file = readSupergraph(sdl);
  const subgraphs = connect(file);
  try {
    const engine = await createEngine(file.plannerSdl, subgraphs.call);
    try {
      return servedGraph(withApiSchema(file, engine.apiSdl), engine, subgraphs, front);
    } catch (error) {
      await engine.close();
      throw error;
    }
  } catch (error) {
    await subgraphs.close();
    throw error;
  }
}

function servedGraph(
  supergraph: Supergraph,
  engine: Engine<unknown>,
  subgraphs: Subgraphs,
  {
    settings = DEFAULT_FRONT,
    throttles: throttlesOf = createClientThrottles(settings.clientRates, () => performance.now()),
    observeCounts,
    preparation,
    recordRefusals,
    observeDryRun,
    coversOperation,
    isPartner,
  }: GraphFront,
): Graph {
  const { apiSchema } = supergraph;
  const { rules, limitMode, admission } = readGraph(supergraph, settings, { observeCounts, isPartner });
  const { introspection, limiter } = admission;
  const guestWall = createGuestWall(apiSchema, rules, subgraphs.call);
  const { authorisation } = settings;
  const throttles = throttlesOf(limitMode);
  const observers = { observeDryRun, preparation };
  const steps = {
    ...admission,
    apiSchema,
    rules,
    guestWall,
    engine,
    authorisation,
    throttles,
    recordRefusals,
    coversOperation,
    ...observers,
  };
  const know = createKnowOperation(admission);
  const prepared = createPreparedOperations(steps);
  const run = createRunOperation(steps, prepared);
  const fetchPicture = createFetchPicture(rules, subgraphs.call, recordRefusals);
  return {
    supergraph,
    rules,
    introspection,
    limitMode,
    mostTokens: limiter.mostTokens,
    execute: executeByText({ ...admission, throttles }, know, run),
    run,
    know,
    catalogue: createCatalogue(createKnowPublished(admission), admission.viewOf),
    prepare: async (caller, known) => void (await prepared.preparedFor(caller, known, null)),
    recent: prepared.recent,
    fetchPicture,
    close: async () => {
      await engine.close();
      await subgraphs.close();
    },
  };
}
