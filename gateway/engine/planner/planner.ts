/** What plans, for one supergraph. */
import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';

export interface Planner {
  /** What clients see of the supergraph, in the schema language. */
  apiSdl: string;
  /** Of one operation with its fragments, valid against the API schema. Rejects where there is no plan for it. */
  plan(operation: DocumentNode): Promise<QueryPlan>;
  close(): Promise<void>;
}

/** `mendedSdl`: as `mendSupergraph` gives it. Rejects where the planner does not take it. */
export type StartPlanner = (mendedSdl: string) => Promise<Planner>;
