/** Which pages a graph has: the guest matrix only where its schema speaks of it. */
import { linkedDirectives, SPEC } from '../supergraph/linked-directives.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';

/**
 * Who may explore the graph's schema, and so who gets the sandbox: `signed-in` serves the editor, which shows nothing
 * until the graph takes the caller's token, and no picture.
 */
export type SchemaAudience = 'everyone' | 'signed-in' | 'nobody';

export interface PageLink {
  address: string;
  name: string;
  says: string;
}

const SANDBOX: PageLink = {
  address: '/sandbox',
  name: 'Sandbox',
  says: 'Write operations and run them, with documentation of every field, who may read it, and examples.',
};

const GRAPH: PageLink = {
  address: '/sandbox/graph',
  name: 'Picture of the graph',
  says: 'Its types, the subgraph that owns each field, and what leads where.',
};

const GUEST_ACCESS: PageLink = {
  address: '/guest-access',
  name: 'Guest access',
  says: 'What a school that teaches another school’s student sees and may change, field by field. For reading and printing.',
};

export const pagesOf = ({ document }: Pick<Supergraph, 'document'>, schemaFor: SchemaAudience): PageLink[] => [
  ...(schemaFor === 'nobody' ? [] : [SANDBOX]),
  ...(schemaFor === 'everyone' ? [GRAPH] : []),
  ...(isLinked(document, SPEC.guestAccess) ? [GUEST_ACCESS] : []),
];

/** Whether the graph asks who is calling. */
export const asksWhoCalls = ({ document }: Pick<Supergraph, 'document'>): boolean =>
  [SPEC.authenticated, SPEC.requiresScopes, SPEC.guestAccess].some((spec) => isLinked(document, spec));

const isLinked = (document: Supergraph['document'], spec: string): boolean =>
  linkedDirectives(document).links.some(({ url }) => url === spec);
