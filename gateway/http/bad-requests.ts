/**
 * What a client is told of HTTP that carries no operation as it should. Apollo Server says it in words of its own product,
 * by which alone its cases are told apart.
 */
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** By what Apollo Server's message begins with or has in it. */
const TOLD: readonly (readonly [RegExp, string])[] = [
  [
    /Cross-Site Request Forgery/,
    'A page of another site could have sent this request: send "content-type: application/json", or the header "apollo-require-preflight" with any value.',
  ],
  [/^POST body missing/, 'Expected a body of JSON, of type application/json, like {"query": "{ viewer { name } }"}.'],
  [/non-empty `query`/, 'Expected an operation: its text in "query".'],
  [/^GraphQL queries must be strings/, 'Expected "query" to be a string: the text of an operation.'],
  [/^`?(The )?variables\b/, 'Expected "variables" to be an object of JSON.'],
  [/^`?(The )?extensions\b/, 'Expected "extensions" to be an object of JSON.'],
  [/^`?operationName\b/, 'Expected "operationName" to be a string.'],
  [/only be specified once/, 'Expected each parameter of the address once.'],
  [/^GET requests may not have/, 'A GET has no body: leave its content type out, or send application/json.'],
  [/^GET requests only support/, 'GET is for queries: send other operations by POST.'],
  [/'accept' header/, 'Expected a client that takes application/json or application/graphql-response+json.'],
  [/batching/, 'Expected one operation for each request.'],
];

const ANY = 'The request could not be read: see https://graphql.github.io/graphql-over-http/draft/.';

export const isServersBadRequest = (error: unknown): boolean =>
  error instanceof GraphQLError && error.name === 'BadRequestError';

export const toldBadRequest = ({ message }: GraphQLFormattedError): GraphQLFormattedError => ({
  message: TOLD.find(([said]) => said.test(message))?.[1] ?? ANY,
  extensions: { code: 'BAD_REQUEST' },
});
