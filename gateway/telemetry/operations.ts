/** Operations, and how they are made ready: by their type alone. Names and texts are a client's. */
import type { Telemetry } from '../../subgraphs/kernel/telemetry/telemetry.ts';
import type { ExecuteOperation } from '../operations/execute-operation.ts';
import type { PreparationObserver } from '../operations/recently-used.ts';
import type { Instruments } from './instruments.ts';

export const observedExecute =
  (execute: ExecuteOperation, { tracing }: Pick<Telemetry, 'tracing'>): ExecuteOperation =>
  async (incoming) => {
    const type = incoming.operation?.operation;
    if (!type) return execute(incoming);
    const span = tracing.begin(type, { labels: { 'graphql.operation.type': type } });
    try {
      const result = await tracing.within(span, () => execute(incoming));
      span.end();
      return result;
    } catch (error) {
      span.end('failed');
      throw error;
    }
  };

export const createPreparationObserver = (
  { tracing }: Pick<Telemetry, 'tracing'>,
  { operations, preparing }: Pick<Instruments, 'operations' | 'preparing'>,
): PreparationObserver => ({
  kept: () => operations({ 'cache.result': 'hit' }),
  preparing(prepare) {
    const startedAt = performance.now();
    const span = tracing.begin('prepare');
    try {
      return prepare();
    } finally {
      span.end();
      operations({ 'cache.result': 'miss' });
      preparing((performance.now() - startedAt) / 1000, {});
    }
  },
});
