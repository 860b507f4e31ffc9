/** Which other origins' scripts may call the graph: those that are named, exactly as they are named. */
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { PAYING_HEADERS } from './paying-requests.ts';
import { QUERY_PLAN_HEADER } from './query-plan-header.ts';

/**
 * `origins`: `scheme://host[:port]`; where there are none, no origin but our own. Credentials are not allowed along: a
 * script sends its access token in a header of its own.
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
    exposedHeaders: ['www-authenticate', ...PAYING_HEADERS],
    maxAge: 600,
    // what is no preflight is a request with a method that is not served, and is told so in our own shape
    strictPreflight: false,
  });
}
