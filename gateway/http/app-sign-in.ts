/**
 * `/oauth/token`, where apps get their tokens, and the two addresses at which programs find out how (RFC 8414, RFC 7517).
 * Forms are read here and nowhere else: any page of any site may send one.
 */
import { randomUUID } from 'node:crypto';
import formbody from '@fastify/formbody';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { APP_SCOPES } from '../auth/app-scopes.ts';
import type { AppSignIn } from '../auth/app-sign-in.ts';
import type { TokenForm } from '../auth/token-form.ts';
import { type TokenError, TokenRefused } from '../auth/token-refused.ts';
import { refusedRequest } from './answers.ts';
import type { ReportError } from './mask-errors.ts';

const TOKEN_ROUTE = '/oauth/token';
const KEYS_ROUTE = '/.well-known/jwks.json';
const METADATA_ROUTE = '/.well-known/oauth-authorization-server';

/** Bytes: room for long values of the few parameters that there are. */
const MOST_FORM_BYTES = 8_192;

/** What is the same for everybody for a long time. */
const KEPT = 'public, max-age=300';

export type TokenOutcome = 'issued' | 'temporarily_unavailable' | TokenError;

interface AppSignInDeps {
  signIn: AppSignIn;
  /** Where the graph is found from outside; undefined: on this machine. */
  publicUrl: string | undefined;
  observe(outcome: TokenOutcome): void;
  reportError: ReportError;
}

export async function serveAppSignIn(server: FastifyInstance, deps: AppSignInDeps): Promise<void> {
  const issuer = (): string => deps.publicUrl ?? `http://localhost:${portOf(server)}`;
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    await scope.register(formbody, { bodyLimit: MOST_FORM_BYTES });
    scope.setErrorHandler<FastifyError>((error, _request, reply) => answerRefusal(reply, error, deps));
    scope.post<{ Body: TokenForm | undefined }>(TOKEN_ROUTE, async ({ headers, body, ip }, reply) => {
      const { authorization } = headers;
      const answer = await deps.signIn.tokenFor({ authorization, form: body ?? {}, address: ip, issuer: issuer() });
      deps.observe('issued');
      return reply.header('pragma', 'no-cache').send(answer);
    });
  });
  server.route({
    url: TOKEN_ROUTE,
    method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    handler: async (_request, reply) => reply.status(405).header('allow', 'POST').send(refusedRequest(405)),
  });
  server.get(KEYS_ROUTE, async (_request, reply) => reply.header('cache-control', KEPT).send(deps.signIn.keys));
  server.get(METADATA_ROUTE, async (_request, reply) =>
    reply.header('cache-control', KEPT).send({
      issuer: issuer(),
      token_endpoint: issuer() + TOKEN_ROUTE,
      jwks_uri: issuer() + KEYS_ROUTE,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      grant_types_supported: ['client_credentials'],
      // there is no address to send a person to
      response_types_supported: [],
      scopes_supported: APP_SCOPES,
    }),
  );
}

function portOf(server: FastifyInstance): number | undefined {
  const address = server.server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

/** In the shape of RFC 6749, 5.2, also where the server's parts refuse, and where clients cannot be looked up. */
function answerRefusal(reply: FastifyReply, error: FastifyError | TokenRefused, deps: AppSignInDeps) {
  const refused = error instanceof TokenRefused ? error : refusalOf(error);
  if (!refused) return answerFailure(reply, error, deps);
  deps.observe(refused.error);
  reply.status(error instanceof TokenRefused ? statusOf(error) : error.statusCode === 413 ? 413 : 400);
  if (reply.statusCode === 401) reply.header('www-authenticate', 'Basic realm="schoolgraph", charset="UTF-8"');
  if (refused.wait !== null) reply.header('retry-after', refused.wait);
  return reply.header('pragma', 'no-cache').send({ error: refused.error, error_description: refused.message });
}

/** The error is that of RFC 6749, 4.1.2.1. The app is told an id, by which ours is found in the log. */
function answerFailure(reply: FastifyReply, error: Error, { observe, reportError }: AppSignInDeps) {
  observe('temporarily_unavailable');
  const id = randomUUID();
  reportError(id, error);
  const error_description = 'No token can be given at the moment: ask again.';
  reply.status(503).header('retry-after', '1').header('pragma', 'no-cache');
  return reply.send({ error: 'temporarily_unavailable', error_description, id });
}

const statusOf = ({ error, wait }: TokenRefused): number =>
  wait !== null ? 429 : error === 'invalid_client' ? 401 : 400;

/** Null for what is no fault of the request. */
function refusalOf({ statusCode = 500 }: FastifyError): TokenRefused | null {
  if (statusCode >= 500) return null;
  const expected =
    statusCode === 413
      ? `Expected no more than ${MOST_FORM_BYTES} bytes.`
      : 'Expected a form of type application/x-www-form-urlencoded.';
  return new TokenRefused('invalid_request', expected);
}
