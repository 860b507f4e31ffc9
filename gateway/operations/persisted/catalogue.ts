/**
 * The published operations as one graph knows them. Of all of them it knows whether they hold; of those that are asked for,
 * what they are parsed and validated to.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type GraphQLError, parse } from 'graphql';
import { LIMIT_CODES } from '../../policy/limits/limits.ts';
import type { SchemaViews, ViewName } from '../../policy/schema-views.ts';
import type { KnownOperation } from '../known-operation.ts';
import { MOST_KNOWN, weightOfKnown } from '../operation-weight.ts';
import { createRecentlyUsed, type MostKept } from '../recently-used.ts';
import { RequestRefused, refusing } from '../request-refused.ts';
import { withoutTokens } from '../without-tokens.ts';
import type { KnowPublished } from './know-published.ts';
import type { OperationLists, PublishedOperation } from './lists.ts';
import { holdsNoMore } from './persisted-refusals.ts';

export interface Catalogue {
  /** Throws RequestRefused for one that was made for another supergraph, or for higher limits. */
  known(operation: PublishedOperation): KnownOperation;
  /** Gets to know all of them, in turns with everything else that runs; gives back those that do not hold, and why. */
  learn(lists: OperationLists, signal: AbortSignal): Promise<BrokenOperation[]>;
}

export interface BrokenOperation {
  operation: PublishedOperation;
  /** What whoever asks for it is told. */
  refusal: GraphQLError;
}

interface Judged {
  view: ViewName;
  /** Null for one that holds. */
  broken: BrokenOperation | null;
}

/** Which callers may ask for the schema is looked at with each request. */
export function createCatalogue(
  know: KnowPublished,
  viewOf: SchemaViews['viewOf'],
  most: MostKept = MOST_KNOWN,
): Catalogue {
  const judged = new WeakMap<PublishedOperation, Judged>();
  const kept = createRecentlyUsed<KnownOperation, PublishedOperation>(most);
  const judge = (operation: PublishedOperation, view: ViewName): KnownOperation | BrokenOperation => {
    const found = read(operation, know, view);
    judged.set(operation, { view, broken: isBroken(found) ? found : null });
    return found;
  };
  // a client may become a partner's, or cease to be one
  const verdictOf = (operation: PublishedOperation, view: ViewName): Judged | null => {
    const before = judged.get(operation);
    return before?.view === view ? before : null;
  };
  const keep = (operation: PublishedOperation, known: KnownOperation): KnownOperation => {
    kept.forget(operation);
    return kept.get(operation, () => known, weightOfKnown);
  };
  return {
    known(operation) {
      const view = viewOf(operation.client);
      const before = kept.find(operation);
      if (before?.view.name === view) return before;
      const found = verdictOf(operation, view)?.broken ?? judge(operation, view);
      if (isBroken(found)) throw new RequestRefused([found.refusal]);
      return keep(operation, found);
    },
    async learn(lists, signal) {
      const broken: BrokenOperation[] = [];
      for (const operation of operationsOf(lists)) {
        const view = viewOf(operation.client);
        const before = verdictOf(operation, view);
        if (before?.broken) broken.push(before.broken);
        if (before) continue;
        if (signal.aborted) break;
        const found = judge(operation, view);
        if (isBroken(found)) broken.push(found);
        else if (kept.hasRoomFor(weightOfKnown(found))) keep(operation, found);
        await nextTurn();
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
