/**
 * Makes a graph ready for what another was asked for, before it takes its place: the first requests after a change find
 * their operations prepared. Bounded in number and time, as a change must not wait for long.
 */
import { setImmediate as nextTurn, setTimeout as passed } from 'node:timers/promises';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type { KnownOperation, KnowOperation } from './known-operation.ts';
import type { Catalogue } from './persisted/catalogue.ts';
import type { UsedOperation } from './prepared-operations.ts';

export interface WarmedGraph {
  catalogue: Pick<Catalogue, 'known'>;
  know: KnowOperation;
  prepare(caller: Caller | null, known: KnownOperation): Promise<void>;
}

const MOST = { operations: 500, ms: 5_000 };

/** `used`: what matters most comes first. What cannot be prepared is left, and told to who asks for it. */
export async function warmUp(used: readonly UsedOperation[], graph: WarmedGraph, most = MOST): Promise<void> {
  const over = new AbortController();
  const end = passed(most.ms, undefined, { signal: over.signal }).catch(() => {});
  // one may take longer to plan than there is for all of them
  await Promise.race([end, prepareEach(used.slice(0, most.operations), graph, over.signal)]);
  over.abort();
}

async function prepareEach(used: readonly UsedOperation[], graph: WarmedGraph, over: AbortSignal): Promise<void> {
  for (const { caller, known } of used) {
    if (over.aborted) return;
    try {
      await graph.prepare(caller, known.published ? graph.catalogue.known(known.published) : knownAgain(graph, known));
    } catch {
      // it would keep the change, which may close what is open, from being served
    }
    // requests of the graph that is served go on meanwhile
    await nextTurn();
  }
}

const knownAgain = ({ know }: WarmedGraph, { view, source, document, operation }: KnownOperation): KnownOperation =>
  know(view.name, source, document, operation, true);
