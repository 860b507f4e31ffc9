/** `/sandbox/operations`: what the caller's client may ask for by id, to be tried in the sandbox. Nobody else's list is told. */
import type { FastifyInstance } from 'fastify';
import type { FollowedLists } from '../operations/persisted/followed-lists.ts';
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
      .map(({ operation: { id, name, text }, version }) => ({ id, name, version, text }));
    return reply.header('cache-control', 'no-store').send({ operations });
  });
}
