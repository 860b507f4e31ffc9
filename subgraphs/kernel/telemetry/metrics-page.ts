/** `/metrics`, for Prometheus. It holds nobody's data; how busy a graph is, and with what, is still not for strangers. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { errorAnswer } from '../error-answer.ts';
import { METRICS_TYPE, type Metering } from './metering.ts';

export interface MetricsAccess {
  /** What a reader must present as a bearer; without it the page is there for readers on this machine, and for nobody in production. */
  token: string | undefined;
  isProduction: boolean;
}

export function serveMetrics(
  server: FastifyInstance,
  metering: Pick<Metering, 'text'>,
  { token, isProduction }: MetricsAccess,
): void {
  server.get('/metrics', async (request, reply) => {
    if (token === undefined && (isProduction || !isOfThisMachine(request))) return reply.callNotFound();
    if (token !== undefined && !presents(request, token)) {
      reply.status(401).header('www-authenticate', 'Bearer');
      return reply.send(errorAnswer('UNAUTHENTICATED', 'Expected "Authorization: Bearer" and METRICS_TOKEN.'));
    }
    return reply
      .header('content-type', METRICS_TYPE)
      .header('cache-control', 'no-store')
      .send(await metering.text());
  });
}

/** By the address that was called: one of the network is one that others reach, too. */
const isOfThisMachine = ({ socket }: FastifyRequest): boolean =>
  /^(?:::ffff:)?127\.|^::1$/.test(socket.localAddress ?? '');

/** Of equal lengths, compared in equal time. */
const presents = ({ headers }: FastifyRequest, token: string): boolean =>
  timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A setting's text: what can stand after `Bearer` (RFC 6750, 2.1), and is not guessed. Null where it is none. */
export const readMetricsToken = (text: string): string | null => (/^[\w\-.~+/]{16,}=*$/.test(text) ? text : null);
