/** The published operations as one graph knows them: parsed and validated once, before anybody asks. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type GraphQLError, parse } from 'graphql';
import type { SchemaViews, ViewName } from '../../policy/schema-views.ts';
import type { KnownOperation, KnowOperation } from '../known-operation.ts';
import { RequestRefused, refusing } from '../request-refused.ts';
import { withoutTokens } from '../without-tokens.ts';
import type { OperationLists, PublishedOperation } from './lists.ts';
import { onlyOperationOf } from './operation-text.ts';

export interface Catalogue {
  /** Null for one that does not hold in this graph, which was made for another supergraph. */
  known(operation: PublishedOperation): KnownOperation | null;
  /** Gets to know all of them, in turns with everything else that runs; gives back those that do not hold, and why. */
  learn(lists: OperationLists): Promise<BrokenOperation[]>;
}

export interface BrokenOperation {
  operation: PublishedOperation;
  errors: readonly GraphQLError[];
}

interface Learnt {
  viewName: ViewName;
  found: KnownOperation | BrokenOperation;
}

/** `know`: of the graph. Which callers may ask for the schema is looked at with each request. */
export function createCatalogue(know: KnowOperation, viewOf: SchemaViews['viewOf']): Catalogue {
  const learnt = new WeakMap<PublishedOperation, Learnt>();
  const learnOne = (operation: PublishedOperation): KnownOperation | BrokenOperation => {
    const view = viewOf(operation.client);
    const before = learnt.get(operation);
    // a client may become a partner's, or cease to be one
    if (before?.viewName === view) return before.found;
    const found = read(operation, know, view);
    learnt.set(operation, { viewName: view, found });
    return found;
  };
  return {
    known(operation) {
      const found = learnOne(operation);
      return isBroken(found) ? null : found;
    },
    async learn(lists) {
      const broken: BrokenOperation[] = [];
      for (const operation of operationsOf(lists)) {
        const isNew = !learnt.has(operation);
        const found = learnOne(operation);
        if (isBroken(found)) broken.push(found);
        if (isNew) await nextTurn();
      }
      return broken;
    },
  };
}

const isBroken = (found: KnownOperation | BrokenOperation): found is BrokenOperation => 'errors' in found;

/** Each once, however many lists have it. */
function operationsOf(lists: OperationLists): Set<PublishedOperation> {
  const all = new Set<PublishedOperation>();
  for (const { versions } of lists.values())
    for (const operations of versions.values()) for (const operation of operations) all.add(operation);
  return all;
}

function read(operation: PublishedOperation, know: KnowOperation, view: ViewName): KnownOperation | BrokenOperation {
  try {
    return refusing(() => {
      const document = withoutTokens(parse(operation.text));
      const known = know(view, operation.text, document, onlyOperationOf(document) ?? undefined, true);
      // an id of a client's never means another text
      return { ...known, key: `${view}\n${operation.client}\n${operation.id}`, published: operation };
    });
  } catch (error) {
    if (error instanceof RequestRefused) return { operation, errors: error.errors };
    throw error;
  }
}
