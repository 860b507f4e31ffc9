/** A query plan sends the same few texts again and again: each is parsed and validated once. */
import { type DocumentNode, type GraphQLSchema, parse, validate } from 'graphql';

const MOST_DOCUMENTS = 1_000;

export function createDocumentCache(schema: GraphQLSchema) {
  const cache = new Map<string, DocumentNode>();
  return (query: string): { document: DocumentNode | null; errors: readonly unknown[] } => {
    const known = cache.get(query);
    if (known) return { document: known, errors: [] };
    try {
      const document = parse(query, { noLocation: true });
      const errors = validate(schema, document);
      if (errors.length > 0) return { document: null, errors };
      if (cache.size >= MOST_DOCUMENTS) cache.clear();
      cache.set(query, document);
      return { document, errors: [] };
    } catch (error) {
      return { document: null, errors: [error] };
    }
  };
}
