/** How the engine reaches a subgraph: every call sealed for its caller, over whatever transport stands behind. */
import type { Sealer } from '../../subgraphs/kernel/envelope.ts';
import type { HiddenField } from '../../subgraphs/kernel/guest-access/hidden-fields.ts';
import type { EngineRequest, SubgraphTransport } from './engine.ts';

interface SubgraphOperation {
  query: string;
  operationName?: string | undefined;
  variables?: Record<string, unknown> | undefined;
}

interface SubgraphResult {
  data?: Record<string, unknown> | null;
  errors?: readonly { message: string; path?: readonly (string | number)[]; extensions?: Record<string, unknown> }[];
  extensions?: { guestAccess?: { hidden: HiddenField[] } };
}

export type CallSubgraph = (
  subgraph: string,
  operation: SubgraphOperation,
  request: EngineRequest,
) => Promise<SubgraphResult>;

/** Throws where the subgraph did not serve the call; nothing of its answer is in the message. */
export function createSubgraphCaller(sealer: Sealer, transport: SubgraphTransport): CallSubgraph {
  return async (subgraph, { query, operationName, variables }, request) => {
    const { caller, grants, signal, hidden } = request;
    const extensions = grants.length > 0 ? { extensions: { grants } } : {};
    const body = JSON.stringify({ query, operationName, variables, ...extensions });
    const answer = await transport.call(subgraph, sealer.seal(subgraph, caller, body), signal);
    if (answer.status !== 200) throw new Error(`The subgraph "${subgraph}" answered with status ${answer.status}.`);
    const result = JSON.parse(answer.body) as SubgraphResult;
    hidden.push(...(result.extensions?.guestAccess?.hidden ?? []));
    return result;
  };
}
