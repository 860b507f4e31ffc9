/** Applies the limits to a request, before anything is done for it that grows with what it asks for. */
import { type DocumentNode, GraphQLError } from 'graphql';
import { countOperations } from './count-operations.ts';
import { countVariables } from './count-values.ts';
import { type Counts, LIMIT_CODES, type LimitName, type Limits, NOTHING_COUNTED } from './limits.ts';
import { createTally, OverLimit } from './tally.ts';

/**
 * `measure` refuses only what is a hundred times over a limit: what no schema or test suite asks for, and a bomb does.
 * Of values nested in the text it refuses what is twice over: what walks those doubles its work with a level.
 */
export type LimitMode = 'enforce' | 'measure';

export interface Measured {
  counts: Readonly<Counts>;
  /** The limits that the request is over; where it is refused, the one for which it is. */
  over: readonly LimitName[];
}

export type ObserveCounts = (measured: Measured) => void;

export interface Limiter {
  /** More than this is not parsed. */
  mostTokens: number;
  /** An operation that costs more is refused; Infinity where limits only measure. */
  mostCost: number;
  /** Everything but variables. Throws GraphQLError with the code of the limit. */
  admitDocument(document: DocumentNode): Counts;
  /** Of a document that was admitted. Throws GraphQLError with code LIMIT_LIST or LIMIT_VALUE_DEPTH. */
  admitVariables(document: Counts, variables: unknown): void;
  /** Throws GraphQLError with code LIMIT_COST; never where limits only measure. */
  admitCost(cost: number): void;
}

/** By how much limits are wider where they only measure: counting, too, comes to an end. */
const MEASURED_FOR = 100;
const MEASURED_LITERALS_FOR = 2;

interface LimiterOptions {
  limits: Limits;
  mode: LimitMode;
  /** Told of each request that was parsed: once of its counts, and of its cost once that is known. */
  observe?: ObserveCounts | undefined;
}

export function createLimiter({ limits, mode, observe = () => {} }: LimiterOptions): Limiter {
  const isMeasured = mode === 'measure';
  // an estimate of a schema that states no sizes grows by ten with each list: it is no reason to refuse anything
  const mostCost = isMeasured ? Number.POSITIVE_INFINITY : limits.cost;
  const stop = isMeasured ? timesAsMuch(limits) : limits;
  const stopDocument = isMeasured ? { ...stop, valueDepth: limits.valueDepth * MEASURED_LITERALS_FOR } : limits;
  /** What was counted. Throws where that is not admitted. */
  const counted = (at: Limits, count: (tally: ReturnType<typeof createTally>) => void): Counts => {
    const tally = createTally(at);
    try {
      count(tally);
    } catch (error) {
      if (!(error instanceof OverLimit)) throw error;
      observe({ counts: tally.counts, over: [error.limit] });
      throw overLimit(error.limit, at[error.limit]);
    }
    return tally.counts;
  };
  return {
    mostTokens: stop.tokens,
    mostCost,
    admitDocument: (document) =>
      counted(stopDocument, (tally) => {
        tally.reach('tokens', document.tokenCount ?? 0);
        countOperations(document, tally);
      }),
    admitVariables(document, variables) {
      const { list, valueDepth } = counted(stop, (tally) => countVariables(variables, tally));
      const counts = {
        ...document,
        list: Math.max(document.list, list),
        valueDepth: Math.max(document.valueDepth, valueDepth),
      };
      observe({ counts, over: namesOf(limits).filter((name) => counts[name] > limits[name]) });
    },
    admitCost(cost) {
      observe({ counts: { ...NOTHING_COUNTED, cost }, over: cost > limits.cost ? ['cost'] : [] });
      if (cost > mostCost) throw overLimit('cost', limits.cost);
    },
  };
}

const namesOf = (limits: Limits): LimitName[] => Object.keys(limits) as LimitName[];

function timesAsMuch(limits: Limits): Limits {
  const more = { ...limits };
  for (const name of namesOf(limits)) more[name] *= MEASURED_FOR;
  return more;
}

/** Says the limit, and nothing of what was sent. */
export const overLimit = (limit: LimitName, most: number): GraphQLError =>
  new GraphQLError(TOLD[limit](most), { extensions: { code: LIMIT_CODES[limit] } });

const TOLD: Readonly<Record<LimitName, (most: number) => string>> = {
  tokens: (most) => `The text has more than ${most} tokens: ask in parts.`,
  depth: (most) => `The operation is deeper than ${most} levels of fields: ask in parts.`,
  fields: (most) => `The operation selects more than ${most} fields, counting fragments as spread: ask in parts.`,
  selections: (most) =>
    `The text has more than ${most} fields, spreads and inline fragments, counting fragments as spread: ask in parts.`,
  aliases: (most) => `The operation renames fields of one name more than ${most} times: ask in parts.`,
  directives: (most) => `The operation has more than ${most} directives: ask without some of them.`,
  list: (most) => `A list has more than ${most} items: send it in parts.`,
  valueDepth: (most) => `A value has more than ${most} lists and objects in each other: send it flatter.`,
  introspectionDepth: (most) => `The introspection is deeper than ${most} levels of fields.`,
  introspection: (most) =>
    `__schema and __type may each be asked for ${most === 1 ? 'once' : `${most} times`} in an operation.`,
  cost: (most) => `The operation may cost more than ${most} to answer: ask for shorter lists, or in parts.`,
};
