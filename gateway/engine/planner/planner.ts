/** Apollo's query planner. */
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, parse } from 'graphql';
import { walkLiteralsOnce } from '../literals-walked-once.ts';

export interface Planner {
  /** Of one operation with its fragments, valid against the API schema. Rejects where there is no plan for it. */
  plan(operation: DocumentNode): Promise<QueryPlan>;
  close(): Promise<void>;
}

/** `mendedSdl`: as `mendSupergraph` gives it. Rejects where the planner does not take it. */
export type StartPlanner = (mendedSdl: string) => Promise<Planner>;

/** In the thread that asks: for tests and tools, where nothing else waits for it. */
export const planHere: StartPlanner = async (mendedSdl) => {
  const plan = createPlan(mendedSdl);
  return { plan: async (operation) => plan(operation), async close() {} };
};

function createPlan(mendedSdl: string): (operation: DocumentNode) => QueryPlan {
  walkLiteralsOnce();
  const supergraph = Supergraph.build(mendedSdl, { validateSupergraph: true });
  const apiSchema = supergraph.apiSchema();
  // fetches are read from their text: a plan is plain data
  const planner = new QueryPlanner(supergraph, { exposeDocumentNodeInFetchNode: false });
  return (operation) => planner.buildQueryPlan(operationFromDocument(apiSchema, operation, { validate: false }));
}

/** The same from a text. */
export function createPlanText(mendedSdl: string): (operation: string) => QueryPlan {
  const plan = createPlan(mendedSdl);
  return (operation) => plan(parse(operation, { noLocation: true }));
}
