/** Texts that have not been run before: each takes some milliseconds to look at, in which nobody else is served. */
import type { GraphRequest } from './graph-request.ts';
import { type KnownTexts, textOf } from './known-texts.ts';
import { createPace } from './paced-requests.ts';

/** Half of the time is for everybody else. What waits is held in memory: of one client, some five seconds' worth. */
const MOST_NEW = { inTurn: 2, waiting: 1_000, waitingInAll: 4_000 };
const TURN_MS = 10;

/** Resolves when the request may begin: at once for a text that is known. Throws Throttled where too many wait. */
export type InTurn = (request: GraphRequest) => Promise<void> | null;

export function createNewTexts(known: KnownTexts): InTurn {
  const pace = createPace(MOST_NEW, (work) => void setTimeout(work, TURN_MS));
  return (request) => {
    const text = textOf(request);
    return text !== null && known.documentOf(text) ? null : pace(request.own.payer.key);
  };
}

/** Where texts are looked at as they come. */
export const atOnce: InTurn = () => null;
