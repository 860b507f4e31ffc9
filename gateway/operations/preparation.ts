/** One operation while it is made ready: once, however many ask for it, and at the first turn that one of them has. */
import type { PlanningTurns } from '../policy/throttles/planning-turns.ts';

export interface Preparation<Prepared> {
  /** Null until it is. */
  ready(): Prepared | null;
  /** Without waiting for a turn. */
  now(): Promise<Prepared>;
  /** At this client's turn, or at another's who wants it sooner. */
  inTurn(client: string, turns: PlanningTurns): Promise<Prepared>;
}

/** `end`: called where nothing came of it, by a failure or because nobody who asked was given a turn. */
export function createPreparation<Prepared>(work: () => Promise<Prepared>, end: () => void): Preparation<Prepared> {
  let ready: Prepared | null = null;
  let begun: Promise<Prepared> | null = null;
  const waiting = new Map<string, Promise<Prepared>>();
  const make = async (): Promise<Prepared> => {
    try {
      ready = await work();
      return ready;
    } catch (error) {
      end();
      throw error;
    }
  };
  const now = (): Promise<Prepared> => {
    begun ??= make();
    return begun;
  };
  const waitFor = async (client: string, turns: PlanningTurns): Promise<Prepared> => {
    try {
      return await turns.take(client, now);
    } finally {
      waiting.delete(client);
      if (!begun && waiting.size === 0) end();
    }
  };
  return {
    ready: () => ready,
    now,
    inTurn(client, turns) {
      const taken = waiting.get(client) ?? waitFor(client, turns);
      if (!ready) waiting.set(client, taken);
      return taken;
    },
  };
}
