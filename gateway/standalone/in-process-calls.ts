/**
 * Calls to subgraphs that run in this process: the parsed request is handed over, and the result is handed back.
 *
 * They are not sealed. A seal proves to a port, which anybody may reach, that the gateway calls it, for this caller, once,
 * and with this body. Here there is no port and nothing that travels: `run` can be called only by what holds the subgraph
 * itself, which is what the process started, and that holds the keys of seals, too. For whom a call is, is said in the same
 * place of it, by the same code; the ports of subgraphs open nothing that is not sealed.
 */
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type {
  RunningSubgraph,
  SubgraphRequest,
  SubgraphResult,
} from '../../subgraphs/kernel/subgraph/open-subgraph.ts';
import type { EngineRequest, SubgraphTransport } from '../engine/engine.ts';
import { type CallSubgraph, tellingFailures } from '../engine/signed-source.ts';
import { resultOf } from '../engine/subgraph-answer.ts';
import type { ReadyOperation } from '../engine/subgraph-operation.ts';
import { SubgraphCallFailed } from '../engine/transport/call-failed.ts';
import { type CallLimits, inTime } from '../engine/transport/time-limit.ts';
import { ownCopy, TooLarge } from './own-copy.ts';

/** A call as its observers know calls: by the method and the headers that one over HTTP has. */
interface HandedRequest {
  method: 'POST';
  headers: Record<string, string>;
  caller: Caller | null;
  asked: SubgraphRequest;
}

interface HandedAnswer {
  status: 200;
  result: SubgraphResult;
}

type InProcessTransport = SubgraphTransport<HandedRequest, HandedAnswer>;

interface InProcessDeps {
  subgraphs: readonly Pick<RunningSubgraph, 'name' | 'run'>[];
  /** Of an answer so many characters of keys and strings: bytes of a text there are none. */
  limits: CallLimits;
  observed(transport: InProcessTransport): InProcessTransport;
  reportError(id: string, error: unknown): void;
}

export function callInProcess({ subgraphs, limits, observed, reportError }: InProcessDeps): CallSubgraph {
  const transport = observed(createInProcessTransport(subgraphs, limits));
  return tellingFailures(async (subgraph, operation, request) => {
    const { result } = await transport.call(subgraph, handed(operation, request), request.signal);
    return resultOf(result, operation);
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
      return { status: 200, result: taken(name, result, limits) };
    },
  };
}

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
  return { method: 'POST', headers: {}, caller: ownCopy(caller), asked };
}

function taken(subgraph: string, result: SubgraphResult, { maxBytes }: CallLimits): SubgraphResult {
  try {
    return ownCopy(result, maxBytes);
  } catch (error) {
    throw error instanceof TooLarge ? new SubgraphCallFailed(subgraph, 'TOO_LARGE') : error;
  }
}
