/**
 * `/pictures/<token>`: the one door to a student's picture. The token is all that it takes, as an `<img>` sends no more;
 * so it is good for a minute, and nothing on the way may keep, guess at, embed or pass on what it opens.
 */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorAnswer } from '../../subgraphs/kernel/error-answer.ts';
import type { FetchPicture } from '../operations/fetch-picture.ts';
import { callerOf } from './authentication.ts';
import type { ReportError } from './mask-errors.ts';
import { signalOf } from './request-signal.ts';
import { PICTURES_ROUTE } from './routes.ts';

/** For every answer of this route. A picture is shown, and never run: not even one that is no picture. */
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

/** What browsers only ever draw. */
const SERVED: ReadonlySet<string> = new Set(['image/png', 'image/jpeg']);

/** As long as any that was made here, and then some. */
const TOKEN = /^[\w-]{1,1000}$/;

interface PicturesDeps {
  /** Of the graph that is served now; null where it keeps no pictures. */
  fetchPicture(): FetchPicture | null;
  reportError: ReportError;
  /** How long a fetch may take, in milliseconds. */
  deadlineMs: number;
}

export function servePictures(server: FastifyInstance, { fetchPicture, reportError, deadlineMs }: PicturesDeps): void {
  const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const fetch = fetchPicture();
    if (!fetch) {
      reply.callNotFound();
      return reply;
    }
    reply.headers(HEADERS);
    const { '*': token = '' } = request.params as { '*'?: string };
    const signal = signalOf(reply.raw, deadlineMs);
    try {
      const picture = TOKEN.test(token) ? await fetch(token, callerOf(request), signal) : null;
      if (!picture || !SERVED.has(picture.mediaType)) return refuse(reply, 404, 'NOT_FOUND', NOTHING);
      return reply.type(picture.mediaType).send(picture.bytes);
    } catch (error) {
      const id = randomUUID();
      if (!signal.aborted) reportError(id, error);
      return refuse(reply, 503, 'SERVICE_UNAVAILABLE', UNAVAILABLE, { id });
    }
  };
  server.route({ url: PICTURES_ROUTE, method: ['GET', 'HEAD'], handler: serve });
  server.route({
    url: PICTURES_ROUTE,
    method: ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    handler: async (_request, reply) =>
      fetchPicture()
        ? refuse(reply.headers({ ...HEADERS, allow: 'GET, HEAD' }), 405, 'METHOD_NOT_ALLOWED', READ_ONLY)
        : reply.callNotFound(),
  });
}

const NOTHING = 'There is no picture here. An address of one is good for a minute: ask the graph for another.';
const UNAVAILABLE = 'The picture cannot be read at the moment.';
const READ_ONLY = 'A picture is read with GET.';

const refuse = (
  reply: FastifyReply,
  status: number,
  code: string,
  message: string,
  more?: { id: string },
): FastifyReply => reply.status(status).send(errorAnswer(code, message, more));
