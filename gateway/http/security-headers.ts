/** What every answer tells a browser: keep nothing, run nothing, frame nothing, tell nobody where you come from. */
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** For what is no page. A page sets its own policy on its reply. */
const NOTHING = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

interface SecurityHeaders {
  /** A browser that has seen it goes to this host by HTTPS alone, for a year: not for somebody's own machine. */
  isProduction: boolean;
}

export async function setSecurityHeaders(server: FastifyInstance, { isProduction }: SecurityHeaders): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: NOTHING },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    strictTransportSecurity: isProduction,
  });
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
}
