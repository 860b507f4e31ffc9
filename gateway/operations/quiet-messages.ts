/**
 * Messages for callers who may not ask for the schema: they name nothing of it that the client did not write. What
 * graphql-js says would tell it piece by piece: the type of a field, the arguments that it needs.
 */
import { type DocumentNode, visit } from 'graphql';

/** From a text about a document to one without any other names than the document's. */
export function createQuietMessages(document: DocumentNode): (message: string) => string {
  const written = new Set<string>();
  visit(document, { Name: ({ value }) => void written.add(value) });
  const isWritten = (message: string): boolean =>
    quotedIn(message)
      .flatMap((quoted) => quoted.match(/[A-Za-z_]\w*/g) ?? [])
      .every((name) => written.has(name));
  return (message) => {
    if (isWritten(message)) return message;
    const [pattern, told] = QUIET.find(([each]) => each.test(message)) ?? [/.*/s, ANY];
    const quiet = message.replace(pattern, told);
    return isWritten(quiet) ? quiet : ANY;
  };
}

const quotedIn = (message: string): string[] => [...message.matchAll(/"([^"]*)"/g)].map(([, quoted = '']) => quoted);

const ANY = 'This is not valid here.';

const QUIET: readonly (readonly [RegExp, string])[] = [
  [/^Cannot query field ("\w+") .*/s, 'Cannot query field $1 here.'],
  [/^Unknown argument ("\w+") on field "(?:\w+\.)?(\w+)".*/s, 'Unknown argument $1 on field "$2".'],
  [/^Field ("\w+") must not have a selection .*/s, 'Field $1 must not have a selection: it has no subfields.'],
  [/^Field ("\w+") of type .* must have a selection .*/s, 'Field $1 must have a selection of subfields.'],
  [/^((?:Field|Directive) "@?\w+") argument .* is required.*/s, '$1 needs an argument that was not provided.'],
  [/^(Fragment(?: "\w+")?) cannot be spread here.*/s, '$1 cannot be spread here: nothing here is of its type.'],
  [/^Variable ("\$\w+") .*/s, 'Variable $1 is not of the type that is expected here.'],
  [/^Field ("\w+") is not defined .*/s, 'Field $1 is not defined here.'],
  [/^Field .* of required type .*/s, 'The object needs a field that was not provided.'],
  [/^Expected a value .*/s, 'The value is not of the type that is expected here.'],
  [/^Fields ("\w+") conflict .*/s, 'Fields $1 conflict: ask for them under different aliases.'],
];
