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
import { createRecentlyUsed } from './recently-used.ts';

/** Told how often an operation has to be prepared, and around the work of it. */
export interface PreparationObserver {
  kept(): void;
  preparing<Prepared>(prepare: () => Promise<Prepared>): Promise<Prepared>;
}

const UNOBSERVED: PreparationObserver = { kept() {}, preparing: (prepare) => prepare() };

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
  /** At once where it is ready. Who asks while it is made ready waits for the same. */
  preparedFor(caller: Caller | null, known: KnownOperation): PreparedOperation<Plan> | Promise<PreparedOperation<Plan>>;
  /** Published ones first, and of both the last used first. */
  recent(): UsedOperation[];
}

interface KeptOperation<Plan> extends UsedOperation {
  prepared: PreparedOperation<Plan> | Promise<PreparedOperation<Plan>>;
}

export function createPreparedOperations<Plan>(steps: PreparationSteps<Plan>): PreparedOperations<Plan> {
  const prepare = createPrepareOperation(steps.apiSchema, steps.rules, steps.engine, steps.authorisation);
  const observer = steps.preparation ?? UNOBSERVED;
  const shapeOf = createShapes(steps.apiSchema, steps.rules);
  const published = createRecentlyUsed<KeptOperation<Plan>>();
  const texts = createRecentlyUsed<KeptOperation<Plan>>();
  return {
    preparedFor(caller, known) {
      const kept = known.published ? published : texts;
      const shape = shapeOf(known.document, known.operation);
      const verdicts = shape.keyFor(caller);
      const key = `${verdicts}\n${known.key}`;
      let isNew = false;
      const entry = kept.get(key, () => {
        isNew = true;
        const prepared = observer.preparing(() => prepare(known.document, known.operation, shape.verdicts(verdicts)));
        const made: KeptOperation<Plan> = { caller: caller && { ...caller, subject: '', name: '' }, known, prepared };
        prepared.then(
          (ready) => {
            made.prepared = ready;
          },
          () => kept.forget(key),
        );
        return made;
      });
      if (!isNew) observer.kept();
      return entry.prepared;
    },
    recent: () => [...published.recent(), ...texts.recent()].map(({ caller, known }) => ({ caller, known })),
  };
}
