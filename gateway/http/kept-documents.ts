/** Documents that Apollo Server has read, valid or not: as many as weigh no more than they may. */
import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { MOST_DOCUMENTS, weightOfDocument } from '../operations/operation-weight.ts';
import { createRecentlyUsed } from '../operations/recently-used.ts';
import { withoutTokens } from '../operations/without-tokens.ts';

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>['documentStore']>;

export function createKeptDocuments(most = MOST_DOCUMENTS): DocumentStore {
  const documents = createRecentlyUsed<DocumentNode>(most);
  return {
    get: async (key) => documents.find(key),
    async set(key, document) {
      const weight = key.length + weightOfDocument(document.tokenCount ?? 0);
      documents.get(
        key,
        () => withoutTokens(document),
        () => weight,
      );
    },
    delete: async (key) => documents.forget(key),
  };
}
