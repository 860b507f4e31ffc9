/** What a caller who may ask for the schema is told of how an operation is run: the plan, and what it costs. */
import { GraphQLError } from 'graphql';
import type { OperationResult } from './complete-answer.ts';

/** With the answer, or in its place: then nothing is run. */
export type Explain = 'beside' | 'instead';

export interface Explanation {
  /** As the planner prints it; null where no subgraph is asked, left out where the engine does not say. */
  queryPlan?: string | null;
  cost: number;
}

export const explainedBeside = (result: OperationResult, explanation: Explanation | null): OperationResult =>
  explanation ? { ...result, extensions: { ...result.extensions, ...explanation } } : result;

/** Nobody is to find an operation run that was only to be explained. */
export const notExplained = (): GraphQLError =>
  new GraphQLError('Plans are told to callers who may ask for the schema. Nothing was run.', {
    extensions: { code: 'INTROSPECTION_DISABLED' },
  });
