/** Apollo's query planner, on a supergraph whose traps are taken out. */
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, parse, print } from 'graphql';
import { walkLiteralsOnce } from '../literals-walked-once.ts';
import { type RequiredArguments, withRequiredArguments } from './required-arguments.ts';
import { withResolvableKeysFirst } from './resolvable-keys-first.ts';

export interface Planner {
  required: RequiredArguments;
  /** Of one operation with its fragments, valid against the API schema. */
  plan(document: DocumentNode): QueryPlan;
}

/** Of a supergraph without `for: SECURITY` on links that are enforced above. Throws where the planner does not take it. */
export function createPlanner(plannerSdl: string): Planner {
  walkLiteralsOnce();
  const { document, required } = withRequiredArguments(
    withResolvableKeysFirst(parse(plannerSdl, { noLocation: true })),
  );
  const supergraph = Supergraph.build(print(document), { validateSupergraph: true });
  const apiSchema = supergraph.apiSchema();
  // fetches are read from their text: a plan is plain data
  const planner = new QueryPlanner(supergraph, { exposeDocumentNodeInFetchNode: false });
  return {
    required,
    plan: (operation) => planner.buildQueryPlan(operationFromDocument(apiSchema, operation, { validate: false })),
  };
}
