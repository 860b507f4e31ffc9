/**
 * Texts that have not been run before: each takes some milliseconds to look at, in which nobody else is served. They are
 * counted as they come: of what a client sends too much is refused before anything is read of it.
 */
import type { ClientThrottles } from '../policy/throttles/client-throttles.ts';
import { createFewAtOnce, type FewLimits } from './few-at-once.ts';
import type { GraphRequest } from './graph-request.ts';
import { type KnownTexts, textOf } from './known-texts.ts';
import { createPace, type PaceLimits } from './paced-requests.ts';

/**
 * What waits is held in memory, and longer where it is begun: fewer than may wait to be planned, so that none of those is
 * refused.
 */
const MOST_NEW: PaceLimits = { atOnce: 50, waiting: 1_000, waitingInAll: 4_000 };

/** Refusals that are written in one piece, which takes as long as a text that is looked at. */
const REFUSED: FewLimits = { atOnce: 16, waiting: 1_000 };

/**
 * Reads a request when it may begin: at once where its text is known. Rejects with Throttled where its client has sent too
 * many, or too many wait, or its turn comes too late for it.
 */
export type InTurn = <Answer>(request: GraphRequest, read: () => Promise<Answer>) => Promise<Answer>;

type Throttles = Pick<ClientThrottles, 'countNew' | 'spareTime'>;

export function createNewTexts(known: KnownTexts, { countNew, spareTime }: Throttles): InTurn {
  const pace = createPace(MOST_NEW, (work) => void spareTime().then(work));
  const refusals = createFewAtOnce(REFUSED, spareTime);
  const inProgress = new Set<string>();
  return async (request, read) => {
    const { payer, signal } = request.own;
    const text = textOf(request);
    if (text !== null && known.documentOf(text)) return read();
    // once for what a client sends several times at once
    const key = `${payer.key}\n${text}`;
    const isCounted = text !== null && !inProgress.has(key);
    if (isCounted) {
      try {
        countNew(payer);
      } catch (error) {
        await refusals();
        throw error;
      }
      inProgress.add(key);
    }
    try {
      return await pace(payer.key, signal, read);
    } finally {
      if (isCounted) inProgress.delete(key);
    }
  };
}

/** Where texts are looked at as they come. */
export const atOnce: InTurn = (_request, read) => read();
