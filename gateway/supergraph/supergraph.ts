/** Reads a composed supergraph: what the planner is handed, and what clients see. */
import { Supergraph as FederationSupergraph } from '@apollo/federation-internals';
import { type DocumentNode, type GraphQLSchema, Kind, print, visit } from 'graphql';
import { parseSupergraph } from './composed-document.ts';
import { type Demands, demandsOf } from './demands.ts';
import { linkedDirectives, SPEC } from './linked-directives.ts';
import { type SubgraphAddress, subgraphAddressesOf } from './subgraph-addresses.ts';

export interface Supergraph extends Demands {
  /** As it was composed. */
  sdl: string;
  document: DocumentNode;
  /**
   * The same without `for: SECURITY` on the links that the gateway enforces itself: the stock planner refuses to load
   * those, other routers that read the file enforce them.
   */
  plannerSdl: string;
  apiSchema: GraphQLSchema;
  /** The same once more, for a server that puts resolvers of its own on what it is given. */
  frontSchema: GraphQLSchema;
  subgraphs: readonly SubgraphAddress[];
}

/** Security features that are enforced here, or (inaccessible) by the API schema that the planner derives. */
const ENFORCED: ReadonlySet<string> = new Set([SPEC.authenticated, SPEC.requiresScopes, SPEC.inaccessible]);

/**
 * Throws where the text is no supergraph, and where it asks for a security feature that is not enforced here: it fails
 * closed.
 */
export function readSupergraph(sdl: string): Supergraph {
  const document = parseSupergraph(sdl);
  const linked = linkedDirectives(document);
  const unknown = linked.links.filter(({ purpose, url }) => purpose === 'SECURITY' && !ENFORCED.has(url));
  if (unknown.length > 0)
    throw new Error(
      `The supergraph asks for security features that this gateway does not enforce: ${unknown.map(({ url }) => url).join(', ')}. It would be open where it says closed, so it is not served.`,
    );
  const plannerSdl = print(withoutEnforcedLinks(document));
  const apiSchema = FederationSupergraph.build(plannerSdl, { validateSupergraph: true }).apiSchema();
  return {
    sdl,
    document,
    plannerSdl,
    apiSchema: apiSchema.toGraphQLJSSchema(),
    frontSchema: apiSchema.toGraphQLJSSchema(),
    subgraphs: [...subgraphAddressesOf(document, linked).values()],
    ...demandsOf(document),
  };
}

function withoutEnforcedLinks(document: DocumentNode): DocumentNode {
  const isEnforcedHere = (text: string) => text.includes(SPEC.authenticated) || text.includes(SPEC.requiresScopes);
  return visit(document, {
    Directive(directive) {
      const url = directive.arguments?.find(({ name }) => name.value === 'url')?.value;
      if (directive.name.value !== 'link' || url?.kind !== Kind.STRING || !isEnforcedHere(url.value)) return undefined;
      return { ...directive, arguments: directive.arguments?.filter(({ name }) => name.value !== 'for') };
    },
  });
}
