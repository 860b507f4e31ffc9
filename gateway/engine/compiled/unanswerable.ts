/**
 * An operation for which the planner finds no subgraph gets an empty plan from it, and an answer of nulls without a word.
 * Here each of its fields is told.
 */
import type { DocumentNode } from 'graphql';
import { rootKeysOf } from '../root-keys.ts';
import type { RunStep } from './run.ts';

export const createUnanswerable =
  (document: DocumentNode): RunStep =>
  async ({ variables, errors }) => {
    for (const key of rootKeysOf(document, variables, (field) => field !== '__typename'))
      errors.add([key], { message: 'No subgraph can answer this.', extensions: { code: 'UNANSWERABLE' } }, 'none');
  };
