/**
 * What every answer tells a browser: keep nothing, run nothing, frame nothing, tell nobody where you come from. They are
 * helmet's (https://helmetjs.github.io/), written out: what never changes is not made anew for each request.
 */
import type { FastifyInstance } from 'fastify';

const HEADERS = {
  'cache-control': 'no-store',
  // for what is no page: a page sets its own policy on its reply
  'content-security-policy': "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
} as const;

/** A year. */
const BY_HTTPS_ALONE = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } as const;

interface SecurityHeaders {
  /** A browser that has seen it goes to this host by HTTPS alone, for a year: not for somebody's own machine. */
  isProduction: boolean;
}

export const securityHeaders = ({ isProduction }: SecurityHeaders): Readonly<Record<string, string>> => ({
  ...HEADERS,
  ...(isProduction && BY_HTTPS_ALONE),
});

export function setSecurityHeaders(server: FastifyInstance, headers: Readonly<Record<string, string>>): void {
  server.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}
