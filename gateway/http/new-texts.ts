/** Texts that have not been run before: each takes some milliseconds to look at, in which nobody else is served. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createRecentlyUsed } from '../operations/recently-used.ts';
import { payerOf } from '../policy/throttles/payer.ts';
import { callerOf } from './authentication.ts';
import { createPace } from './paced-requests.ts';

/** Of one client, in so many milliseconds: half of the time is for everybody else. */
const MOST_NEW = 2;
const TURN_MS = 10;

interface NewTexts {
  /** Resolves when the request may begin: at once for a text that has been run before. */
  inTurn(request: FastifyRequest): Promise<void> | void;
}

export function createNewTexts(server: FastifyInstance): NewTexts {
  const pace = createPace(MOST_NEW, (work) => void setTimeout(work, TURN_MS));
  const known = createRecentlyUsed<true>();
  server.addHook('onResponse', async (request, { statusCode }) => {
    const text = textOf(request);
    if (text !== null && statusCode === 200 && !request.hasBadOperation) known.get(text, () => true);
  });
  return {
    async inTurn(request) {
      const text = textOf(request);
      if (text !== null && known.has(text)) return;
      await pace(payerOf(callerOf(request), request.ip).key);
    },
  };
}

/** Null for what carries no text in its body. */
function textOf({ body }: FastifyRequest): string | null {
  const { query } = (body ?? {}) as { query?: unknown };
  return typeof query === 'string' ? query : null;
}
