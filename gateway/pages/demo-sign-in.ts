/** Signing in to a demo: a token for one of its invented people, for the asking, to a page of this origin. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Role } from '../../subgraphs/kernel/caller.ts';
import { errorAnswer } from '../../subgraphs/kernel/error-answer.ts';
import { ASSET_POLICY, guarded } from './content-policy.ts';

export interface DemoPerson {
  email: string;
  name: string;
  role: Role;
  /** The school's name; null for a role at no school. */
  school: string | null;
}

export interface DemoSignIn {
  people: readonly DemoPerson[];
  /** A token of the person with this address; null where there is none, or the database is not (any more) a demo's. */
  tokenFor(email: string): Promise<string | null>;
}

const SIGN_IN_ADDRESS = '/sandbox/token';

/** Room for the longest address that there can be. */
const MOST_BODY_BYTES = 1_024;

/** Without a demo the address is not there at all. */
export function serveDemoSignIn(server: FastifyInstance, demo: DemoSignIn | null, isOpen: () => boolean): void {
  if (!demo) return;
  server.register(async (scope) => {
    // the server's other routes read no bodies
    const parse = scope.getDefaultJsonParser('error', 'error');
    scope.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: MOST_BODY_BYTES }, parse);
    scope.post<{ Body: unknown }>(SIGN_IN_ADDRESS, async (request, reply) => {
      if (!isOpen()) return reply.callNotFound();
      guarded(reply, ASSET_POLICY).header('cache-control', 'no-store');
      if (!isJson(request))
        return reply.status(415).send(errorAnswer('UNSUPPORTED_MEDIA_TYPE', 'Expected application/json.'));
      if (!isOfThisOrigin(request))
        return reply.status(403).send(errorAnswer('FORBIDDEN', 'Expected a page of this origin.'));
      const email = emailOf(request.body);
      const token = email === null ? null : await demo.tokenFor(email);
      if (token === null)
        return reply.status(404).send(errorAnswer('NOT_FOUND', 'The demo has nobody with that address.'));
      return reply.send({ token });
    });
  });
}

const isJson = ({ headers }: FastifyRequest): boolean => /^application\/json\b/i.test(headers['content-type'] ?? '');

/**
 * Browsers say where a request comes from, and a page cannot change what they say
 * (https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header). What is no browser has no one's cookies either.
 */
function isOfThisOrigin({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin === undefined || URL.parse(headers.origin)?.host === headers.host;
}

function emailOf(body: unknown): string | null {
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : null;
  return typeof email === 'string' ? email : null;
}
