/**
 * What a client is told of a text that does not parse. The parser's messages quote the text, which may hold a pupil's
 * number: of them is kept what was expected, never what was found.
 */
import type { GraphQLFormattedError } from 'graphql';
import { LIMIT_CODES } from '../policy/limits/limits.ts';

const TOO_MANY_TOKENS = /^Syntax Error: Document contains more tha[nt] (\d+) tokens/;
const EXPECTED = /^Syntax Error: Expected ("[\w!$&()\]:=@[{|}.]+"|[A-Z]\w+), found /;

export function toldSyntaxError({ message, locations }: GraphQLFormattedError): GraphQLFormattedError {
  const place = locations && { locations };
  const most = TOO_MANY_TOKENS.exec(message)?.[1];
  if (most)
    return {
      message: `The text has more than ${most} tokens: ask in parts.`,
      ...place,
      extensions: { code: LIMIT_CODES.tokens },
    };
  const expected = EXPECTED.exec(message)?.[1];
  const at = locations?.[0] ? ` at line ${locations[0].line}, column ${locations[0].column}` : '';
  return {
    message: `Syntax error${at}: ${expected ? `expected ${expected}` : 'this is not GraphQL'}.`,
    ...place,
    extensions: { code: 'GRAPHQL_PARSE_FAILED' },
  };
}
