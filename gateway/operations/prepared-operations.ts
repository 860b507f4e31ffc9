/**
 * Operations that were made ready, once for everybody who may read the same of them. Published ones have a place of their
 * own: however many texts somebody sends, none of theirs is pushed out of it.
 */
import type { GraphQLSchema } from 'graphql';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type { Engine } from '../engine/engine.ts';
import type { AuthorisationMode } from '../policy/authorisation-mode.ts';
import { createShapes } from '../policy/authorisation-shape.ts';
import type { GraphRules } from '../policy/rules.ts';
import type { ClientThrottles } from '../policy/throttles/client-throttles.ts';
import type { Payer } from '../policy/throttles/payer.ts';
import type { KnownOperation } from './known-operation.ts';
import { MOST_PREPARED, weightOfPrepared } from './operation-weight.ts';
import { createPreparation, type Preparation } from './preparation.ts';
import { createPrepareOperation, type PreparedOperation } from './prepare-operation.ts';
import { createRecentlyUsed } from './recently-used.ts';
import { withoutTokens } from './without-tokens.ts';

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
  throttles: ClientThrottles;
  preparation?: PreparationObserver | undefined;
}

/** An operation, and whom it was made ready for. */
export interface UsedOperation {
  /** Whoever asked first of those who may read the same of it: without name and id, which make no difference. */
  caller: Caller | null;
  known: KnownOperation;
}

export interface PreparedOperations<Plan> {
  /**
   * At once where it is ready. Who asks while it is made ready waits for the same. A text waits for a turn of its payer's;
   * what was published, and what the gateway makes ready for itself (null), waits for none. Throws Throttled, or rejects.
   */
  preparedFor(
    caller: Caller | null,
    known: KnownOperation,
    payer: Payer | null,
  ): PreparedOperation<Plan> | Promise<PreparedOperation<Plan>>;
  /** Published ones first, and of both the last used first. */
  recent(): UsedOperation[];
}

interface KeptOperation<Plan> extends UsedOperation {
  preparation: Preparation<PreparedOperation<Plan>>;
}

export function createPreparedOperations<Plan>(steps: PreparationSteps<Plan>): PreparedOperations<Plan> {
  const prepare = createPrepareOperation(steps.apiSchema, steps.rules, steps.engine, steps.authorisation);
  const observer = steps.preparation ?? UNOBSERVED;
  const { throttles } = steps;
  const shapeOf = createShapes(steps.apiSchema, steps.rules);
  const published = createRecentlyUsed<KeptOperation<Plan>>(MOST_PREPARED.published);
  const texts = createRecentlyUsed<KeptOperation<Plan>>(MOST_PREPARED.texts);
  return {
    preparedFor(caller, known, payer) {
      const kept = known.published ? published : texts;
      const waiter = known.published ? null : payer;
      const shape = shapeOf(known.document, known.operation);
      const verdicts = shape.keyFor(caller);
      const key = `${verdicts}\n${known.key}`;
      let isNew = false;
      const begin = (): KeptOperation<Plan> => {
        if (waiter) throttles.countNew(waiter);
        isNew = true;
        withoutTokens(known.document);
        const work = () => prepare(known, shape.verdicts(verdicts));
        return {
          caller: caller && { ...caller, subject: '', name: '' },
          known,
          preparation: createPreparation(
            () => observer.preparing(work),
            () => kept.forget(key),
          ),
        };
      };
      const { preparation } = kept.get(key, begin, () => weightOfPrepared(known));
      if (!isNew) observer.kept();
      return preparation.ready() ?? (waiter ? preparation.inTurn(waiter.key, throttles.turns) : preparation.now());
    },
    recent: () => [...published.recent(), ...texts.recent()].map(({ caller, known }) => ({ caller, known })),
  };
}
