/** Texts that have not been run before: each takes some milliseconds to look at, in which nobody else is served. */
import type { GraphRequest } from './graph-request.ts';
import { type KnownTexts, textOf } from './known-texts.ts';
import { createPace } from './paced-requests.ts';

/** Of one client, in so many milliseconds: half of the time is for everybody else. */
const MOST_NEW = 2;
const TURN_MS = 10;

/** Resolves when the request may begin: at once for a text that is known. */
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
