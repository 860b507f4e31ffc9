/**
 * Operations that were made ready, once for everybody who may read the same of them. Published ones have a place of their own: however
 * many texts somebody sends, none of theirs is pushed out of it.
 */
import type { GraphQLSchema } from 'graphql';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type { Engine } from '../engine/engine.ts';
import type { AuthorisationMode } from '../policy/authorisation-mode.ts';
import { createShapes } from '../policy/authorisation-shape.ts';
import type { GraphRules } from '../policy/rules.ts';
import type { KnownOperation } from './known-operation.ts';
import { createPrepareOperation, type PreparedOperation } from './prepare-operation.ts';
import { createRecentlyUsed, type PreparationObserver } from './recently-used.ts';

export interface PreparationSteps<Plan> {
  apiSchema: GraphQLSchema;
  rules: GraphRules;
  engine: Engine<Plan>;
  /** What becomes of an operation that asks for what its caller may not read. */
  authorisation: AuthorisationMode;
  preparation?: PreparationObserver | undefined;
}

/** An operation, and whom it was made ready for. */
export interface UsedOperation {
  /** Whoever asked first of those who may read the same of it: without name and id, which make no difference. */
  caller: Caller | null;
  known: KnownOperation;
}

export interface PreparedOperations<Plan> {
  preparedFor(caller: Caller | null, known: KnownOperation): PreparedOperation<Plan>;
  /** Published ones first, and of both the last used first. */
  recent(): UsedOperation[];
}

interface KeptOperation<Plan> extends UsedOperation {
  prepared: PreparedOperation<Plan>;
}

export function createPreparedOperations<Plan>(steps: PreparationSteps<Plan>): PreparedOperations<Plan> {
  const prepare = createPrepareOperation(steps.apiSchema, steps.rules, steps.engine, steps.authorisation);
  const shapeOf = createShapes(steps.apiSchema, steps.rules);
  const published = createRecentlyUsed<KeptOperation<Plan>>(steps.preparation);
  const texts = createRecentlyUsed<KeptOperation<Plan>>(steps.preparation);
  return {
    preparedFor(caller, known) {
      const kept = known.published ? published : texts;
      const shape = shapeOf(known.document, known.operation);
      const verdicts = shape.keyFor(caller);
      return kept.get(`${verdicts}\n${known.key}`, () => ({
        caller: caller && { ...caller, subject: '', name: '' },
        known,
        prepared: prepare(known.document, known.operation, shape.verdicts(verdicts)),
      })).prepared;
    },
    recent: () => [...published.recent(), ...texts.recent()].map(({ caller, known }) => ({ caller, known })),
  };
}
