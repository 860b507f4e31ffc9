/** An operation whose text holds in this graph, wherever it came from: a request's text, or the list of a client. */
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { OperationCost } from '../policy/cost/operation-cost.ts';
import type { Counts } from '../policy/limits/limits.ts';
import type { SchemaView, ViewName } from '../policy/schema-views.ts';
import { type Admission, createAdmitDocument } from './admit-document.ts';
import { MOST_COSTS, weightOfCost } from './operation-weight.ts';
import type { PublishedOperation } from './persisted/lists.ts';
import { createRecentlyUsed, type MostKept } from './recently-used.ts';
import { nothingForPartners, operationNotNamed, subscriptionNotServed } from './request-refused.ts';

/** Nothing of who asks for it is in it. */
export interface KnownOperation {
  /** What is made of it is kept by this. */
  key: string;
  /** The schema that it holds in, and that its answer is of. */
  view: SchemaView;
  source: string;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  counts: Counts;
  /** What it may cost at the most, the same for everybody: what a caller may not read counts, too. */
  cost: OperationCost;
  /** Whether it has `__schema` or `__type` in it: not for everybody. */
  asksForSchema: boolean;
  /** Where it came by an id: what was published. What is made of those no text of anybody's displaces. */
  published: PublishedOperation | null;
}

/**
 * Throws RequestRefused, or GraphQLError for a limit. `seesSchema`: whether its caller may ask for the schema. `onNew`: called
 * where the text has not been asked for before, and may refuse it, too.
 */
export type KnowOperation = (
  viewName: ViewName,
  source: string,
  document: DocumentNode,
  operation: OperationDefinitionNode | undefined,
  seesSchema: boolean,
  onNew?: () => void,
) => KnownOperation;

/** `most`: what is kept of documents, and of costs, where it is not what texts are given. */
export function createKnowOperation(admission: Admission, most?: MostKept): KnowOperation {
  const admitDocument = createAdmitDocument(admission, most);
  const costs = createRecentlyUsed<OperationCost>(most ?? MOST_COSTS);
  return (viewName, source, document, operation, seesSchema, onNew) => {
    const view = admission.views[viewName];
    if (!view) throw nothingForPartners();
    const admitted = admitDocument(view, source, document, seesSchema, onNew);
    if (!operation) throw operationNotNamed();
    if (operation.operation === 'subscription') throw subscriptionNotServed();
    const key = `${viewName}\n${operation.name?.value ?? ''}\n${source}`;
    const cost = costs.get(
      key,
      () => admission.costOf(document, operation),
      () => weightOfCost(key, admitted.counts),
    );
    return { ...admitted, key, view, source, document, operation, cost, published: null };
  };
}
