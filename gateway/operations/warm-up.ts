/**
 * Makes a graph ready for what another was asked for, before it takes its place: the first requests after a change find
 * their operations prepared. Bounded in number and time, as a change must not wait for long.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type { KnownOperation, KnowOperation } from './known-operation.ts';
import type { Catalogue } from './persisted/catalogue.ts';
import type { UsedOperation } from './prepared-operations.ts';
import { RequestRefused, refusing, refusingLater } from './request-refused.ts';

export interface WarmedGraph {
  catalogue: Pick<Catalogue, 'known'>;
  know: KnowOperation;
  prepare(caller: Caller | null, known: KnownOperation): Promise<void>;
}

const MOST = { operations: 500, ms: 5_000 };

/** `used`: what matters most comes first. What does not hold in the graph any more is left. */
export async function warmUp(used: readonly UsedOperation[], graph: WarmedGraph, most = MOST): Promise<void> {
  const until = performance.now() + most.ms;
  for (const { caller, known } of used.slice(0, most.operations)) {
    if (performance.now() > until) return;
    try {
      const here = known.published ? graph.catalogue.known(known.published) : knownAgain(graph.know, known);
      await refusingLater(graph.prepare(caller, here));
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error;
    }
    // requests of the graph that is served go on meanwhile
    await nextTurn();
  }
}

const knownAgain = (know: KnowOperation, { view, source, document, operation }: KnownOperation): KnownOperation =>
  refusing(() => know(view.name, source, document, operation, true));
