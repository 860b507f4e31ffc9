/**
 * What is made of an operation takes memory by what was counted of it, however short its text is: fragments are spread often.
 * In bytes, as measured of operations of our own graph and rounded up.
 */
import type { Counts } from '../policy/limits/limits.ts';
import type { KnownOperation } from './known-operation.ts';
import { conditionsIn } from './projection.ts';
import type { MostKept } from './recently-used.ts';

const OF_TOKEN = 300;
const OF_SELECTION = { cost: 300, prepared: 3_500 };
const OF_OPERATION = 16_000;

/** Of texts, which anybody may send; of published ones; of documents; of costs; of published ones before they are prepared:
 *  together what a process may be asked to keep. */
export const MOST_PREPARED: Readonly<Record<'texts' | 'published', MostKept>> = {
  texts: { kept: 1_000, weight: 96_000_000 },
  published: { kept: 1_000, weight: 96_000_000 },
};
export const MOST_DOCUMENTS: MostKept = { kept: 1_000, weight: 24_000_000 };
export const MOST_COSTS: MostKept = { kept: 1_000, weight: 24_000_000 };

export const MOST_KNOWN: MostKept = { kept: 5_000, weight: 48_000_000 };

export const weightOfDocument = (tokens: number): number => OF_TOKEN * tokens;

export const weightOfCost = (text: string, { selections }: KnownOperation['counts']): number =>
  text.length + OF_SELECTION.cost * selections;

export const weightOfKnown = ({ source, counts }: Pick<KnownOperation, 'source' | 'counts'>): number =>
  weightOfDocument(counts.tokens) + weightOfCost(source, counts);

/** Of one operation. The heaviest that limits admit is kept so: what is not is planned anew each time. */
const MOST_COMPILED = 12_000_000;

/** By the values of `@skip` and `@include`, which are compiled in. */
const MOST_PROJECTIONS = 32;

const weightOfCompiled = ({ selections }: Pick<Counts, 'selections'>): number =>
  OF_OPERATION + OF_SELECTION.prepared * selections;

/** For how many sets of values of its conditions an operation is compiled: for fewer where much is made of each. */
export const mostProjections = (counts: Pick<Counts, 'selections'>): number =>
  Math.max(1, Math.min(MOST_PROJECTIONS, Math.floor(MOST_COMPILED / weightOfCompiled(counts))));

/** With its document, and compiled for as many values of its conditions as are kept. */
export function weightOfPrepared({ document, counts }: Pick<KnownOperation, 'document' | 'counts'>): number {
  const times = Math.min(2 ** conditionsIn(document).length, mostProjections(counts));
  return weightOfDocument(counts.tokens) + weightOfCompiled(counts) * times;
}
