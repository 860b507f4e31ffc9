/** Which pages a graph has: the guest matrix only where its schema speaks of it. */
import type { IntrospectionAudience } from '../policy/introspection.ts';
import { linkedDirectives, SPEC } from '../supergraph/linked-directives.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';

/** What the pages show of the graph in use. */
export interface PagesGraph {
  supergraph: Supergraph;
  /**
   * Who may ask for its schema, and so who gets the sandbox. Where that is whoever is signed in, the editor shows
   * nothing until the graph takes the caller's token, and there is no picture.
   */
  introspection: IntrospectionAudience;
}

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

export const pagesOf = ({ supergraph, introspection }: PagesGraph): PageLink[] => [
  ...(introspection === 'nobody' ? [] : [SANDBOX]),
  ...(introspection === 'everybody' ? [GRAPH] : []),
  ...(isLinked(supergraph, SPEC.guestAccess) ? [GUEST_ACCESS] : []),
];

/** Whether the graph asks who is calling. */
export const asksWhoCalls = (supergraph: Supergraph): boolean =>
  [SPEC.authenticated, SPEC.requiresScopes, SPEC.guestAccess].some((spec) => isLinked(supergraph, spec));

const isLinked = ({ document }: Supergraph, spec: string): boolean =>
  linkedDirectives(document).links.some(({ url }) => url === spec);
