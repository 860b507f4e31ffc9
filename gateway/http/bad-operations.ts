/** Which of Apollo Server's refusals are of the operation, and not of the HTTP that carries it. */
import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from './graphql.ts';

const NOT_THE_OPERATION: ReadonlySet<unknown> = new Set(['BAD_REQUEST', 'INTERNAL_SERVER_ERROR']);

export const tellBadOperations: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body, http }, contextValue }) {
        if (http.status !== 400 || body.kind !== 'single') return;
        const { errors = [] } = body.singleResult;
        if (!errors.some(({ extensions }) => NOT_THE_OPERATION.has(extensions?.code))) contextValue.refused();
      },
    };
  },
};
