import type { FetchNode } from '@apollo/query-planner';
import type { EngineRequest } from '../engine.ts';
import type { PlacedErrors } from '../placed-errors.ts';
import type { SubgraphResult } from '../subgraph-answer.ts';
import type { AnswerObject } from './places.ts';

/** A plan that is run for one request: what has been answered so far, under the plan's own response keys. */
export interface Run {
  data: AnswerObject;
  variables: Readonly<Record<string, unknown>>;
  request: EngineRequest;
  errors: PlacedErrors;
  /** What was asked, by the variables that were given, while it was tried to do with texts: it is not asked again. */
  asked: Map<FetchNode, { given: string; result: Promise<SubgraphResult> }>;
}

export type RunStep = (run: Run) => Promise<void>;
