/**
 * What is made of an operation takes memory by what was counted of it, however short its text is: fragments are spread often.
 * In bytes, as measured of operations of our own graph and rounded up.
 */
import type { KnownOperation } from './known-operation.ts';
import { conditionsIn, MOST_PROJECTIONS } from './projection.ts';
import type { MostKept } from './recently-used.ts';

const OF_TOKEN = 300;
const OF_SELECTION = { cost: 300, prepared: 2_500 };
const OF_OPERATION = 16_000;

/** Of texts, which anybody may send; of published ones; of documents; of costs: together what a process may be asked to keep. */
export const MOST_PREPARED: Readonly<Record<'texts' | 'published', MostKept>> = {
  texts: { kept: 1_000, weight: 96_000_000 },
  published: { kept: 1_000, weight: 96_000_000 },
};
export const MOST_DOCUMENTS: MostKept = { kept: 1_000, weight: 24_000_000 };
export const MOST_COSTS: MostKept = { kept: 1_000, weight: 24_000_000 };

export const weightOfDocument = (tokens: number): number => OF_TOKEN * tokens;

export const weightOfCost = (text: string, { selections }: KnownOperation['counts']): number =>
  text.length + OF_SELECTION.cost * selections;

/** With its document. Where it has conditions, it is compiled for as many of their values as are kept. */
export function weightOfPrepared({ document, counts }: Pick<KnownOperation, 'document' | 'counts'>): number {
  const compiled = OF_OPERATION + OF_SELECTION.prepared * counts.selections;
  const times = Math.min(2 ** conditionsIn(document).length, MOST_PROJECTIONS);
  return weightOfDocument(counts.tokens) + compiled * times;
}
