/** Operations, and how they are made ready: by their type alone. Names and texts are a client's. */
import type { OperationTypeNode } from 'graphql';
import type { Telemetry } from '../../subgraphs/kernel/telemetry/telemetry.ts';
import type { Tracing } from '../../subgraphs/kernel/telemetry/tracing.ts';
import type { ExecuteOperation } from '../operations/execute-operation.ts';
import type { PreparationObserver } from '../operations/prepared-operations.ts';
import type { RunOperation } from '../operations/run-operation.ts';
import type { Instruments } from './instruments.ts';

type Spans = Pick<Telemetry, 'tracing'>;

/** As it is where no spans are kept. */
export const observedExecute = (execute: ExecuteOperation, { tracing }: Spans): ExecuteOperation =>
  tracing.isRecorded
    ? (incoming) => {
        const type = incoming.operation?.operation;
        return type ? inSpan(tracing, type, () => execute(incoming)) : execute(incoming);
      }
    : execute;

/** As it is where no spans are kept. */
export const observedRun = (run: RunOperation, { tracing }: Spans): RunOperation =>
  tracing.isRecorded ? (known, request) => inSpan(tracing, known.operation.operation, () => run(known, request)) : run;

async function inSpan<Result>(tracing: Tracing, type: OperationTypeNode, work: () => Promise<Result>): Promise<Result> {
  const span = tracing.begin(type, { labels: { 'graphql.operation.type': type } });
  try {
    const result = await tracing.within(span, work);
    span.end();
    return result;
  } catch (error) {
    span.end('failed');
    throw error;
  }
}

export function createPreparationObserver(
  { tracing }: Spans,
  { operations, preparing }: Pick<Instruments, 'operations' | 'preparing'>,
): PreparationObserver {
  const [hits, misses] = [operations.by('cache.result')('hit'), operations.by('cache.result')('miss')];
  return {
    kept: () => hits.add(),
    async preparing(prepare) {
      const startedAt = performance.now();
      const span = tracing.begin('prepare');
      try {
        return await prepare();
      } finally {
        span.end();
        misses.add();
        preparing((performance.now() - startedAt) / 1000, {});
      }
    },
  };
}
