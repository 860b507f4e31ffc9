/** From what a request says to the operation that is run for it: a published one, or a text that is read here. */
import { type DocumentNode, GraphQLError, getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import type { KnownOperation } from '../known-operation.ts';
import { createRecentlyUsed } from '../recently-used.ts';
import { operationNotNamed, refusing } from '../request-refused.ts';
import { canonicalHash } from './canonical-text.ts';
import type { Catalogue } from './catalogue.ts';
import { decide, ownTexts } from './decide.ts';
import type { FollowedLists } from './followed-lists.ts';
import type { ListedOperation } from './lists.ts';
import { createRegisteredTexts } from './registered-texts.ts';
import type { AskedOperation } from './request-form.ts';

interface ReadText {
  source: string;
  document: DocumentNode;
  /** Undefined where the document has none of the name that was asked for. */
  operation: OperationDefinitionNode | undefined;
}

export type FoundOperation = { known: KnownOperation } | { read: ReadText };

/** Of the graph that answers the request. */
export interface SearchedGraph {
  catalogue: Pick<Catalogue, 'known'>;
  mostTokens: number;
}

/** Throws RequestRefused; nothing is run then. */
type FindOperation = (asked: AskedOperation, caller: Caller | null, graph: SearchedGraph) => FoundOperation;

/** `documentOf`: what is known of a text that was parsed before. */
export function createFindOperation(
  { listOf, used }: Pick<FollowedLists, 'listOf' | 'used'>,
  documentOf: (text: string) => DocumentNode | undefined,
): FindOperation {
  const texts = createRegisteredTexts();
  const hashes = createRecentlyUsed<string>();
  const known = (listed: ListedOperation, name: string | null, { catalogue }: SearchedGraph): KnownOperation => {
    if (name !== null && name !== listed.operation.name) throw operationNotNamed();
    const found = catalogue.known(listed.operation);
    used(listed);
    return found;
  };
  return (asked, caller, graph) =>
    refusing(() => {
      const decision = decide(asked, {
        list: listOf(caller),
        registered: caller && ownTexts(texts, nameOf(caller)),
        hashOf: (text) => hashes.get(text, () => canonicalHash(readText(text, graph))),
      });
      if ('listed' in decision) return { known: known(decision.listed, asked.operationName, graph) };
      const { text: source } = decision;
      const document = documentOf(source) ?? readText(source, graph);
      return { read: { source, document, operation: getOperationAST(document, asked.operationName) ?? undefined } };
    });
}

/** Nobody else's: of one person or app, by one client. */
const nameOf = ({ kind, subject, client }: Caller): string => JSON.stringify([kind, subject, client?.name ?? null]);

function readText(text: string, { mostTokens }: Pick<SearchedGraph, 'mostTokens'>): DocumentNode {
  try {
    return parse(text, { maxTokens: mostTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { message, source, positions } = error;
    const place = { source: source ?? null, positions: positions ?? null };
    throw new GraphQLError(message, { ...place, extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
  }
}
