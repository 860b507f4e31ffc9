import type { EngineRequest } from '../engine.ts';
import type { PlacedErrors } from '../placed-errors.ts';
import type { AnswerObject } from './places.ts';

/** A plan that is run for one request: what has been answered so far, under the plan's own response keys. */
export interface Run {
  data: AnswerObject;
  variables: Readonly<Record<string, unknown>>;
  request: EngineRequest;
  errors: PlacedErrors;
  /** The answer of the one call that a plan is, where it is passed on. */
  text?: string;
}

export type RunStep = (run: Run) => Promise<void>;
