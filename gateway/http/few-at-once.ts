/** Lets those who wait go on a few at a time. */
import type { SparePiece } from '../policy/throttles/spare-time.ts';

export interface FewLimits {
  atOnce: number;
  /** Where more would wait, one goes on at once: what waits is held in memory. */
  waiting: number;
}

/** Resolves when one may go on; `piece`: when the next few may. */
export function createFewAtOnce(most: FewLimits, piece: SparePiece): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const plan = (): void =>
    void piece().then(() => {
      for (const goOn of waiting.splice(0, most.atOnce)) goOn();
      if (waiting.length > 0) plan();
    });
  return async () => {
    if (waiting.length >= most.waiting) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    if (waiting.length === 1) plan();
    await promise;
  };
}
