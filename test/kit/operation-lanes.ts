/** The ways by which a graph runs an operation, below HTTP: by each of them it must do the same. */
import { expect } from 'vitest';
import type { Graph } from '../../gateway/graph.ts';
import type { OperationResult } from '../../gateway/operations/complete-answer.ts';
import type { ExecuteOperation } from '../../gateway/operations/execute-operation.ts';
import type { KnownOperation } from '../../gateway/operations/known-operation.ts';
import { canonicalHash } from '../../gateway/operations/persisted/canonical-text.ts';
import type { PublishedOperation } from '../../gateway/operations/persisted/lists.ts';
import { sha256Of } from '../../gateway/operations/persisted/operation-id.ts';
import { onlyOperationOf } from '../../gateway/operations/persisted/operation-text.ts';
import { RequestRefused } from '../../gateway/operations/request-refused.ts';
import type { OperationRequest } from '../../gateway/operations/run-operation.ts';
import type { Lane } from './lanes.ts';

type LaneGraph = Pick<Graph, 'execute' | 'run'> & { catalogue: Pick<Graph['catalogue'], 'known'> };
type Incoming = Parameters<ExecuteOperation>[0];

/** `around` sees each time that it is run, and gives what must be the same of it beside the result. */
export async function runByEveryLane<Seen>(
  graph: LaneGraph,
  incoming: Incoming,
  around: (run: () => Promise<OperationResult>) => Promise<{ result: OperationResult; seen: Seen }>,
): Promise<{ result: OperationResult; seen: Seen }> {
  const first = await around(() => graph.execute(incoming));
  const others: [Lane, () => Promise<OperationResult>][] = [['as a known text', () => graph.execute(incoming)]];
  const byId = runById(graph, incoming);
  if (byId) others.push(['by id', byId]);
  for (const [lane, run] of others) {
    const { result, seen } = await around(run);
    expect([told(result), seen], lane).toEqual([told(first.result), first.seen]);
  }
  return first;
}

/** Null for what nobody could publish. As over HTTP it takes its answer as text. */
function runById(
  { run, catalogue }: LaneGraph,
  { source, document, ...request }: Incoming,
): (() => Promise<OperationResult>) | null {
  const operation = onlyOperationOf(document);
  if (!operation) return null;
  const client = request.caller?.client?.name ?? '';
  const name = operation.name?.value ?? '';
  const id = sha256Of(source);
  const known = heldBy(catalogue, { client, id, name, text: source, hash: canonicalHash(document) });
  const asked: OperationRequest = { ...request, takesText: true };
  return known && (async () => parsed(await run(known, asked)));
}

/** Null for what does not hold in the graph. */
function heldBy(catalogue: LaneGraph['catalogue'], operation: PublishedOperation): KnownOperation | null {
  try {
    return catalogue.known(operation);
  } catch (error) {
    if (error instanceof RequestRefused) return null;
    throw error;
  }
}

const parsed = (result: OperationResult): OperationResult =>
  result.text === undefined ? result : { ...(JSON.parse(result.text) as Pick<OperationResult, 'data'>), errors: [] };

/** But for the ids of internal errors, and for places in a text. */
const told = ({ data, errors, extensions }: OperationResult): unknown => ({
  data,
  extensions,
  errors: errors.map(({ message, path, extensions: { id: _id, ...more } }) => ({ message, path, ...more })),
});
