/** Operations, and how they are made ready: by their type alone. Names and texts are a client's. */
import type { OperationTypeNode } from 'graphql';
import type { Telemetry } from '../../subgraphs/kernel/telemetry/telemetry.ts';
import type { ExecuteOperation } from '../operations/execute-operation.ts';
import type { PreparationObserver } from '../operations/prepared-operations.ts';
import type { RunOperation } from '../operations/run-operation.ts';
import type { Instruments } from './instruments.ts';

type Spans = Pick<Telemetry, 'tracing'>;

export const observedExecute =
  (execute: ExecuteOperation, spans: Spans): ExecuteOperation =>
  (incoming) => {
    const type = incoming.operation?.operation;
    return type ? inSpan(spans, type, () => execute(incoming)) : execute(incoming);
  };

export const observedRun =
  (run: RunOperation, spans: Spans): RunOperation =>
  (known, request) =>
    inSpan(spans, known.operation.operation, () => run(known, request));

async function inSpan<Result>(
  { tracing }: Spans,
  type: OperationTypeNode,
  work: () => Promise<Result>,
): Promise<Result> {
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

export const createPreparationObserver = (
  { tracing }: Pick<Telemetry, 'tracing'>,
  { operations, preparing }: Pick<Instruments, 'operations' | 'preparing'>,
): PreparationObserver => ({
  kept: () => operations({ 'cache.result': 'hit' }),
  async preparing(prepare) {
    const startedAt = performance.now();
    const span = tracing.begin('prepare');
    try {
      return await prepare();
    } finally {
      span.end();
      operations({ 'cache.result': 'miss' });
      preparing((performance.now() - startedAt) / 1000, {});
    }
  },
});
