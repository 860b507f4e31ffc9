/** Texts that have not been run before: each takes some milliseconds to look at, in which nobody else is served. */
import { createRecentlyUsed } from '../operations/recently-used.ts';
import type { GraphRequest } from './graph-request.ts';
import { createPace } from './paced-requests.ts';

/** Of one client, in so many milliseconds: half of the time is for everybody else. */
const MOST_NEW = 2;
const TURN_MS = 10;

export interface NewTexts {
  /** Resolves when the request may begin: at once for a text that has been run before. */
  inTurn(request: GraphRequest): Promise<void> | null;
  /** To be called once its text was run. */
  ran(request: GraphRequest): void;
}

export function createNewTexts(): NewTexts {
  const pace = createPace(MOST_NEW, (work) => void setTimeout(work, TURN_MS));
  const known = createRecentlyUsed<true>();
  return {
    inTurn(request) {
      const text = textOf(request);
      return text !== null && known.has(text) ? null : pace(request.own.payer.key);
    },
    ran(request) {
      const text = textOf(request);
      if (text !== null) known.get(text, () => true);
    },
  };
}

/** Where texts are looked at as they come. */
export const NEW_TEXTS_AT_ONCE: NewTexts = { inTurn: () => null, ran() {} };

/** Null for what carries no text in its body. */
function textOf({ body }: GraphRequest): string | null {
  const { query } = (body ?? {}) as { query?: unknown };
  return typeof query === 'string' ? query : null;
}
