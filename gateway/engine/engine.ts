/**
 * The engine: prepares an operation once for everybody of the same rights, then runs it. What the caller may not read is
 * left out before planning; nothing of one caller is kept for another.
 */
import type { DocumentNode, GraphQLError, OperationDefinitionNode } from 'graphql';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type { SealedRequest } from '../../subgraphs/kernel/envelope.ts';
import type { HiddenField } from '../../subgraphs/kernel/guest-access/hidden-fields.ts';
import type { RestrictedOperation } from '../policy/authorisation.ts';
import type { Authorisation } from '../policy/requirement.ts';

export interface Engine {
  /** `operation` is one of the document's, which is valid against the API schema. */
  prepare(document: DocumentNode, operation: OperationDefinitionNode, authorisation: Authorisation): Prepared;
  /** `variables` are coerced. */
  execute(
    prepared: Prepared,
    variables: Readonly<Record<string, unknown>>,
    request: EngineRequest,
  ): Promise<EngineResult>;
}

export interface Prepared {
  /** As the client wrote it. */
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** As the caller may have it. */
  restricted: RestrictedOperation;
  /** As it is planned: no alias of the client's can take the place of a key (see `response-keys.ts`). */
  planned: DocumentNode;
  /** Names the plan: the planned text and nothing of the caller. Null where there is nothing to ask a subgraph. */
  planKey: string | null;
  /** From a field's response key to the planned one. */
  plannedKey(responseKey: string, fieldName: string): string;
}

/** One request: whose it is, what came with it, and what its subgraph calls gather. */
export interface EngineRequest {
  caller: Caller | null;
  /** Guest grants that go along with the calls of a mutation. */
  grants: readonly string[];
  signal: AbortSignal;
  /** What subgraphs withheld, gathered while it runs. */
  hidden: HiddenField[];
}

export interface EngineResult {
  data: Record<string, unknown> | null;
  errors: readonly GraphQLError[];
  extensions?: Record<string, unknown>;
}

/** Carries a sealed request to a subgraph: in process, or over HTTP. */
export interface SubgraphTransport {
  call(subgraph: string, request: SealedRequest, signal: AbortSignal): Promise<SubgraphAnswer>;
}

export interface SubgraphAnswer {
  status: number;
  /** JSON text. */
  body: string;
}
