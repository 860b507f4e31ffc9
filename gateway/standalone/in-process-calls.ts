/**
 * Calls to subgraphs that run in this process: the parsed request is handed over, and the result as text is handed back.
 *
 * They are not sealed. A seal proves to a port, which anybody may reach, that the gateway calls it, for this caller, once,
 * and with this body. Here there is no port and nothing that travels: `run` can be called only by what holds the subgraph
 * itself, which is what the process started, and that holds the keys of seals, too. For whom a call is, is said in the same
 * place of it, by the same code; the ports of subgraphs open nothing that is not sealed.
 */
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type { RunningSubgraph, SubgraphRequest } from '../../subgraphs/kernel/subgraph/open-subgraph.ts';
import type { EngineRequest, SubgraphTransport } from '../engine/engine.ts';
import { type CallSubgraph, tellingFailures } from '../engine/signed-source.ts';
import { readResult } from '../engine/subgraph-answer.ts';
import type { ReadyOperation } from '../engine/subgraph-operation.ts';
import { SubgraphCallFailed } from '../engine/transport/call-failed.ts';
import { type CallLimits, inTime } from '../engine/transport/time-limit.ts';

/** A call as its observers know calls: by the method and the headers that one over HTTP has. */
interface HandedRequest {
  method: 'POST';
  headers: Record<string, string>;
  caller: Caller | null;
  asked: SubgraphRequest;
}

interface HandedAnswer {
  status: 200;
  /** JSON: a resolver may give away what it keeps, and of a text neither side has anything that the other could change. */
  text: string;
}

type InProcessTransport = SubgraphTransport<HandedRequest, HandedAnswer>;

interface InProcessDeps {
  subgraphs: readonly Pick<RunningSubgraph, 'name' | 'run'>[];
  limits: CallLimits;
  observed(transport: InProcessTransport): InProcessTransport;
  reportError(id: string, error: unknown): void;
}

export function callInProcess({ subgraphs, limits, observed, reportError }: InProcessDeps): CallSubgraph {
  const transport = observed(createInProcessTransport(subgraphs, limits));
  return tellingFailures(async (subgraph, operation, request) => {
    const { text } = await transport.call(subgraph, handed(operation, request), request.signal);
    return readResult(text, operation);
  }, reportError);
}

function createInProcessTransport(subgraphs: InProcessDeps['subgraphs'], limits: CallLimits): InProcessTransport {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  return {
    async call(name, { caller, asked }, signal) {
      const subgraph = byName.get(name);
      if (!subgraph) throw new Error(`The supergraph names a subgraph that does not run here: ${name}.`);
      // what has begun runs to its end, as its transaction must
      const result = await inTime(name, limits, signal, () => subgraph.run(caller, asked));
      const text = JSON.stringify(result);
      if (isLonger(text, limits.maxBytes)) throw new SubgraphCallFailed(name, 'TOO_LARGE');
      return { status: 200, text };
    },
  };
}

/** Than so many bytes in UTF-8, as over HTTP. A character has three at the most: few texts need to be counted. */
const isLonger = (text: string, bytes: number): boolean => text.length * 3 > bytes && Buffer.byteLength(text) > bytes;

function handed(
  { query, operationName, variables }: ReadyOperation,
  { caller, grants, operation }: EngineRequest,
): HandedRequest {
  const extensions = { operation: { ...operation }, ...(grants.length > 0 && { grants: [...grants] }) };
  const asked = {
    query,
    ...(operationName !== undefined && { operationName }),
    variables: JSON.parse(variables) as Record<string, unknown>,
    extensions,
  };
  return { method: 'POST', headers: {}, caller: JSON.parse(JSON.stringify(caller)) as Caller | null, asked };
}
