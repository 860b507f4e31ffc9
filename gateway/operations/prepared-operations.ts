/**
 * Operations that were made ready, once for everybody of the same rights. Published ones have a place of their own: however
 * many texts somebody sends, none of theirs is pushed out of it.
 */
import type { GraphQLSchema } from 'graphql';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type { Engine } from '../engine/engine.ts';
import { rightsOf } from '../policy/rights.ts';
import type { GraphRules } from '../policy/rules.ts';
import type { KnownOperation } from './known-operation.ts';
import { createPrepareOperation, type PreparedOperation } from './prepare-operation.ts';
import { createRecentlyUsed, type PreparationObserver } from './recently-used.ts';

export interface PreparationSteps<Plan> {
  apiSchema: GraphQLSchema;
  rules: GraphRules;
  engine: Engine<Plan>;
  preparation?: PreparationObserver | undefined;
}

/** An operation, and the rights that it was used with. */
export interface UsedOperation {
  /** Whoever had these rights first: without name and id, which make no difference. */
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
  const prepare = createPrepareOperation(steps.apiSchema, steps.rules, steps.engine);
  const published = createRecentlyUsed<KeptOperation<Plan>>(steps.preparation);
  const texts = createRecentlyUsed<KeptOperation<Plan>>(steps.preparation);
  return {
    preparedFor(caller, known) {
      const kept = known.published ? published : texts;
      const rights = rightsOf(caller);
      return kept.get(`${rights.key}\n${known.key}`, () => ({
        caller: caller && { ...caller, subject: '', name: '' },
        known,
        prepared: prepare(known.document, known.operation, rights),
      })).prepared;
    },
    recent: () => [...published.recent(), ...texts.recent()].map(({ caller, known }) => ({ caller, known })),
  };
}
