/** Which other origins' scripts may call the graph: those that are named, exactly as they are named. */
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { HttpAnswer } from './http-answer.ts';
import { PAYING_HEADERS } from './paying-requests.ts';
import { QUERY_PLAN_HEADER } from './query-plan-header.ts';

const EXPOSED = ['www-authenticate', ...PAYING_HEADERS] as const;

/**
 * For preflights, and every route but the graph's. `origins`: `scheme://host[:port]`; where there are none, no origin but
 * our own. Credentials are not allowed along: a script sends its access token in a header of its own.
 */
export async function allowOrigins(server: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await server.register(cors, {
    origin: [...origins],
    methods: ['GET', 'POST'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'apollo-require-preflight',
      'x-apollo-operation-name',
      QUERY_PLAN_HEADER,
    ],
    exposedHeaders: [...EXPOSED],
    maxAge: 600,
    // what is no preflight is a request with a method that is not served, and is told so in our own shape
    strictPreflight: false,
  });
}

/** What an answer says to the script of an origin that asks; undefined: no browser says that one does. */
export type OriginHeaders = (origin: string | undefined) => HttpAnswer['headers'];

/** For the graph's own answers: the same as above (https://fetch.spec.whatwg.org/#http-responses). */
export function createOriginHeaders(origins: readonly string[]): OriginHeaders {
  if (origins.length === 0) return () => NONE;
  const others = { vary: 'Origin' };
  const allowed = new Map(
    origins.map((origin) => [
      origin,
      { ...others, 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED.join(', ') },
    ]),
  );
  return (origin) => allowed.get(origin ?? '') ?? others;
}

const NONE = {};
