/** Reads a composed supergraph: what the planner is handed, and what clients see. */
import { buildASTSchema, type DocumentNode, type GraphQLSchema, parse, print, visit } from 'graphql';
import { parseSupergraph } from './composed-document.ts';
import { type Demands, demandsOf } from './demands.ts';
import { isLinkTo, linkedDirectives, SPEC } from './linked-directives.ts';
import { type SubgraphAddress, subgraphAddressesOf } from './subgraph-addresses.ts';

/** As its file states it. */
export interface SupergraphFile extends Demands {
  /** As it was composed. */
  sdl: string;
  document: DocumentNode;
  /**
   * The same without `for: SECURITY` on the links that the gateway enforces itself: the stock planner refuses to load
   * those, other routers that read the file enforce them.
   */
  plannerSdl: string;
  subgraphs: readonly SubgraphAddress[];
}

export interface Supergraph extends SupergraphFile {
  /** What clients see of it. */
  apiSchema: GraphQLSchema;
  /** The same once more, for a server that puts resolvers of its own on what it is given. */
  frontSchema: GraphQLSchema;
}

/** Security features that are enforced by the gateway itself. */
const AUTHORISATION: readonly string[] = [SPEC.authenticated, SPEC.requiresScopes, SPEC.policy];

/** With what the engine does: arguments from around an entity. */
const ENFORCED_HERE: readonly string[] = [...AUTHORISATION, SPEC.context];

/** With what the API schema enforces that the planner derives. */
const ENFORCED: readonly string[] = [...ENFORCED_HERE, SPEC.inaccessible];

/**
 * Throws where the text is no supergraph, and where it asks for a security feature that is not enforced here: it fails
 * closed.
 */
export function readSupergraph(sdl: string): SupergraphFile {
  const document = parseSupergraph(sdl);
  const linked = linkedDirectives(document);
  const unknown = linked.links.filter(({ purpose, url }) => purpose === 'SECURITY' && !ENFORCED.includes(url));
  if (unknown.length > 0)
    throw new Error(
      `The supergraph asks for security features that this gateway does not enforce: ${unknown.map(({ url }) => url).join(', ')}. It would be open where it says closed, so it is not served.`,
    );
  return {
    sdl,
    document,
    plannerSdl: print(withoutEnforcedLinks(document)),
    subgraphs: [...subgraphAddressesOf(document, linked).values()],
    ...demandsOf(document),
  };
}

/** `apiSdl`: what clients see of it, in the schema language, as whoever plans by it says. */
export function withApiSchema(file: SupergraphFile, apiSdl: string): Supergraph {
  const document = parse(apiSdl, { noLocation: true });
  return { ...file, apiSchema: buildASTSchema(document), frontSchema: buildASTSchema(document) };
}

function withoutEnforcedLinks(document: DocumentNode): DocumentNode {
  return visit(document, {
    Directive(directive) {
      if (!isLinkTo(directive, ENFORCED_HERE)) return undefined;
      return { ...directive, arguments: directive.arguments?.filter(({ name }) => name.value !== 'for') };
    },
  });
}
