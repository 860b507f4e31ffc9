/** Texts that have been run: Apollo Server has read each once, and need not read it again. */
import type { DocumentNode } from 'graphql';
import { MOST_DOCUMENTS, weightOfDocument } from '../operations/operation-weight.ts';
import { createRecentlyUsed } from '../operations/recently-used.ts';
import { withoutTokens } from '../operations/without-tokens.ts';
import type { GraphRequest } from './graph-request.ts';

export interface KnownTexts {
  /** What it was parsed to; undefined for a text that is not known. */
  documentOf(text: string): DocumentNode | undefined;
  add(text: string, document: DocumentNode): void;
}

export function createKnownTexts(most = MOST_DOCUMENTS): KnownTexts {
  const documents = createRecentlyUsed<DocumentNode>(most);
  return {
    documentOf: (text) => documents.find(text),
    add(text, document) {
      const weight = text.length + weightOfDocument(document.tokenCount ?? 0);
      documents.get(
        text,
        () => withoutTokens(document),
        () => weight,
      );
    },
  };
}

/** Of a POST that carries one in its body; null for any other request. */
export function textOf({ method, body }: GraphRequest): string | null {
  if (method !== 'POST') return null;
  const { query } = (body ?? {}) as { query?: unknown };
  return typeof query === 'string' ? query : null;
}
