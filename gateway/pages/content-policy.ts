/**
 * What a browser may do with a page of ours (Content Security Policy, https://www.w3.org/TR/CSP3/): nothing but what is
 * listed, nothing inline that we did not write, no other host.
 */
import type { FastifyReply } from 'fastify';

type Policy = Readonly<Record<string, string>>;

const CLOSED: Policy = {
  'default-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** A page to read: its style, and no script at all. `inlineStyle`: the hash of a style that stands in the page. */
export const readingPolicy = (inlineStyle?: string): Policy => ({
  ...CLOSED,
  'style-src': ["'self'", ...(inlineStyle ? [`'${inlineStyle}'`] : [])].join(' '),
  'img-src': "'self'",
});

/** A picture by itself: the one style that it holds. */
export const picturePolicy = (inlineStyle: string): Policy => ({ ...CLOSED, 'style-src': `'${inlineStyle}'` });

/** A script, a style, a worker: by itself it may do nothing. */
export const ASSET_POLICY: Policy = CLOSED;

/**
 * The editor (Monaco) needs two things of styles beyond our own files: it makes style elements as it runs, which carry
 * the page's nonce, and it places every line of text by a style attribute in markup, for which there is neither nonce
 * nor hash. No style can reach another host: fonts and images are this origin's or inline.
 */
export const sandboxPolicy = (nonce: string): Policy => ({
  ...CLOSED,
  'script-src': "'self'",
  'worker-src': "'self'",
  'connect-src': "'self'",
  'style-src-elem': `'self' 'nonce-${nonce}'`,
  'style-src-attr': "'unsafe-inline'",
  'font-src': "'self' data:",
  'img-src': "'self' data:",
});

const printed = (policy: Policy): string =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');

/** The headers of every page and asset, in place of the server's own where they differ. */
export const guarded = (reply: FastifyReply, policy: Policy): FastifyReply =>
  reply
    .header('content-security-policy', printed(policy))
    .header('cross-origin-opener-policy', 'same-origin')
    .header('cross-origin-resource-policy', 'same-origin')
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff');
