/** `/sandbox/operations`: what the caller's client may ask for by id, to be tried in the sandbox. Nobody else's list is told. */
import type { FastifyInstance } from 'fastify';
import { parse, valueFromASTUntyped } from 'graphql';
import type { FollowedLists } from '../operations/persisted/followed-lists.ts';
import { onlyOperationOf } from '../operations/persisted/operation-text.ts';
import type { IntrospectionAudience } from '../policy/introspection.ts';
import { callerOf } from './authentication.ts';
import { LISTED_ROUTE } from './routes.ts';

interface ListedDeps {
  lists: Pick<FollowedLists, 'listOf'>;
  /** Of the graph in use now: where nobody sees its schema there is no sandbox. */
  introspection(): IntrospectionAudience;
}

export function serveListedOperations(server: FastifyInstance, { lists, introspection }: ListedDeps): void {
  server.get(LISTED_ROUTE, async (request, reply) => {
    if (introspection() === 'nobody') return reply.callNotFound();
    const operations = lists
      .listOf(callerOf(request))
      .all()
      .map(({ operation: { id, name, text }, version }) => ({ id, name, version, text, variables: variablesOf(text) }))
      .sort((one, other) => one.name.localeCompare(other.name));
    return reply.header('cache-control', 'no-store').send({ operations });
  });
}

/** To be filled in: each with its default, or null. */
const variablesOf = (text: string): Record<string, unknown> =>
  Object.fromEntries(
    (onlyOperationOf(parse(text))?.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue ? valueFromASTUntyped(defaultValue) : null,
    ]),
  );
