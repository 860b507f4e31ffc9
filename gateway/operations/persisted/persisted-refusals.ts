/** What is said where a request for a persisted operation is refused. Codes are Apollo Router's and Apollo Server's. */
import { GraphQLError } from 'graphql';

const refusal = (code: string, message: string): GraphQLError => new GraphQLError(message, { extensions: { code } });

/** The same for an id that nobody has, that another client has, and that is in no list of this version of the client. */
export const notInList = () =>
  refusal(
    'PERSISTED_QUERY_NOT_IN_LIST',
    'No operation with this id is in the list of your client and its version: publish it, or ask for one that is.',
  );

export const notInSafelist = () =>
  refusal(
    'QUERY_NOT_IN_SAFELIST',
    'This text is not in the list of your client and its version, and its client runs no others.',
  );

export const idRequired = () =>
  refusal(
    'PERSISTED_QUERY_ID_REQUIRED',
    'Your client runs persisted operations only: send the id of one as "documentId".',
  );

export const idAndText = () =>
  refusal(
    'CANNOT_SEND_PQ_ID_AND_BODY',
    'Expected the id of a persisted operation or a text, not both: send the id alone.',
  );

/** By its message Apollo's clients know that the text is wanted. */
export const notRegistered = () => refusal('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');

/** By its message Apollo's clients know that they should send texts without hashes. */
export const notSupported = () => refusal('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');

/** Nothing is kept under it. */
export const notItsHash = () => badRequest('Expected "sha256Hash" to be the SHA-256 of the text that came with it.');

export const badRequest = (message: string) => refusal('BAD_REQUEST', message);

/** It was published for another supergraph than the one that is served now. */
export const holdsNoMore = () =>
  refusal(
    'GRAPHQL_VALIDATION_FAILED',
    'This operation does not hold in the graph as it is now: publish one that does, or ask later.',
  );
