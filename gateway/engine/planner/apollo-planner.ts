/** Apollo's query planner. It and what it keeps of a supergraph are large: what serves has them in a thread that ends. */
import { operationFromDocument, printSchema, Supergraph } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, parse, print } from 'graphql';
import { walkLiteralsOnce } from '../literals-walked-once.ts';
import { createOverrides } from './override-labels.ts';

interface ApolloPlanner {
  /** What clients see of the supergraph, in the schema language. */
  apiSdl: string;
  plan(operation: DocumentNode): QueryPlan;
}

/** Throws where it does not take the supergraph. */
export function createApolloPlanner(mendedSdl: string): ApolloPlanner {
  walkLiteralsOnce();
  const supergraph = Supergraph.build(mendedSdl, { validateSupergraph: true });
  const apiSchema = supergraph.apiSchema();
  const overridesFor = createOverrides(parse(mendedSdl, { noLocation: true }));
  // fetches are read from their text: a plan is plain data
  const planner = new QueryPlanner(supergraph, { exposeDocumentNodeInFetchNode: false });
  return {
    apiSdl: printSchema(apiSchema),
    plan: (operation) =>
      planner.buildQueryPlan(operationFromDocument(apiSchema, operation, { validate: false }), {
        overrideConditions: overridesFor(print(operation)),
      }),
  };
}

/** What clients see of a supergraph that nothing is planned for, in the schema language. Throws where it does not hold. */
export const apiSdlOf = (plannerSdl: string): string =>
  printSchema(Supergraph.build(plannerSdl, { validateSupergraph: true }).apiSchema());
