/** The published operations as one graph knows them: parsed and validated once, before anybody asks. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type GraphQLError, parse } from 'graphql';
import { LIMIT_CODES } from '../../policy/limits/limits.ts';
import type { SchemaViews, ViewName } from '../../policy/schema-views.ts';
import type { KnownOperation } from '../known-operation.ts';
import { RequestRefused, refusing } from '../request-refused.ts';
import { withoutTokens } from '../without-tokens.ts';
import type { KnowPublished } from './know-published.ts';
import type { OperationLists, PublishedOperation } from './lists.ts';
import { holdsNoMore } from './persisted-refusals.ts';

export interface Catalogue {
  /** Throws RequestRefused for one that was made for another supergraph, or for higher limits. */
  known(operation: PublishedOperation): KnownOperation;
  /** Gets to know all of them, in turns with everything else that runs; gives back those that do not hold, and why. */
  learn(lists: OperationLists): Promise<BrokenOperation[]>;
}

export interface BrokenOperation {
  operation: PublishedOperation;
  /** What whoever asks for it is told. */
  refusal: GraphQLError;
}

interface Learnt {
  viewName: ViewName;
  found: KnownOperation | BrokenOperation;
}

/** `know`: of the graph. Which callers may ask for the schema is looked at with each request. */
export function createCatalogue(know: KnowPublished, viewOf: SchemaViews['viewOf']): Catalogue {
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
      if (isBroken(found)) throw new RequestRefused([found.refusal]);
      return found;
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

const isBroken = (found: KnownOperation | BrokenOperation): found is BrokenOperation => 'refusal' in found;

/** Each once, however many lists have it. */
function operationsOf(lists: OperationLists): Set<PublishedOperation> {
  const all = new Set<PublishedOperation>();
  for (const { versions } of lists.values())
    for (const operations of versions.values()) for (const operation of operations) all.add(operation);
  return all;
}

function read(operation: PublishedOperation, know: KnowPublished, view: ViewName): KnownOperation | BrokenOperation {
  try {
    const document = refusing(() => withoutTokens(parse(operation.text)));
    const known = know(view, operation.text, document);
    // an id of a client's never means another text
    return { ...known, key: `${view}\n${operation.client}\n${operation.id}`, published: operation };
  } catch (error) {
    if (error instanceof RequestRefused) return { operation, refusal: error.errors.find(isLimit) ?? holdsNoMore() };
    throw error;
  }
}

/** A limit may be told as it is; what does not hold could name what its caller may not know of. */
const isLimit = ({ extensions }: GraphQLError): boolean =>
  Object.values<unknown>(LIMIT_CODES).includes(extensions.code);
