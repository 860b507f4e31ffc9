/** Parses a supergraph's text, and says what is wrong with a text that is none. */
import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { linkedDirectives, SPEC } from './linked-directives.ts';

const EXPECTED =
  'expected what composition writes for Federation 2 (rover supergraph compose, or @apollo/composition): ' +
  'GraphQL’s schema language, with a schema that links https://specs.apollo.dev/join';

/** Throws an error that says where it stops being a supergraph; nothing of the text is in it. */
export function parseSupergraph(sdl: string): DocumentNode {
  const document = parsed(sdl);
  if (linkedDirectives(document).links.some(({ url }) => url === SPEC.join)) return document;
  throw new Error(`It is no supergraph that this gateway serves: ${reasonOf(document)} ${capitalised(EXPECTED)}.`);
}

function parsed(sdl: string): DocumentNode {
  try {
    // kept as long as it is served: with the places of its nodes it is four times as large, and nobody asks for them
    return parse(sdl, { noLocation: true });
  } catch (error) {
    const [place] = error instanceof GraphQLError ? (error.locations ?? []) : [];
    const where = place ? ` at line ${place.line}, column ${place.column}` : '';
    throw new Error(`It is no supergraph: ${EXPECTED}; it does not parse${where}.`);
  }
}

/** The two kinds of file that are taken for a supergraph most often. */
function reasonOf(document: DocumentNode): string {
  const schemaDirectives = document.definitions.flatMap((node) =>
    node.kind === 'SchemaDefinition' || node.kind === 'SchemaExtension' ? (node.directives ?? []) : [],
  );
  const names = new Set(schemaDirectives.map(({ name }) => name.value));
  if (names.has('core')) return 'it was composed by Federation 1.';
  if (names.has('link')) return 'it is the schema of one subgraph, which is composed first.';
  return 'it is a schema that was not composed.';
}

const capitalised = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
