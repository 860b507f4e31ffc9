/** The engine: plans an operation once, then runs it. Who may ask for what, and how it is shown, is decided above. */
import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type { SealedRequest } from '../../subgraphs/kernel/envelope.ts';
import type { HiddenField } from '../../subgraphs/kernel/guest-access/hidden-fields.ts';
import type { AskedObject } from './asked-answer.ts';

/** `Plan` is what an engine keeps of an operation between its runs; nothing of a caller is in it. */
export interface Engine<Plan> {
  /** What clients see of the supergraph, in the schema language: whoever plans says that it holds, and what it hides. */
  apiSdl: string;
  /** One operation with its fragments, valid against the API schema; it asks for data, and not for introspection. */
  prepare(document: DocumentNode): Promise<Plan>;
  /** `variables` are coerced. Data and paths have the document's own response keys. */
  execute(plan: Plan, variables: Readonly<Record<string, unknown>>, request: EngineRequest): Promise<EngineAnswer>;
  /**
   * A plan as the planner prints it, for people, with names of the schema that they see; it is planned anew. Left out where
   * an engine cannot say.
   */
  describe?(plan: Plan, shown: GraphQLSchema): Promise<string>;
  /** To be called once nobody uses it any more. */
  close(): Promise<void>;
}

/** What the subgraphs said: a null may stand where none may be, and an error where the document did not ask. */
export interface EngineAnswer {
  /** The whole answer as its client gets it, where it was put together from what subgraphs said: then there is nothing else. */
  text?: string;
  data: Record<string, unknown> | null;
  errors: readonly GraphQLError[];
}

/** Which request of which operation. */
export interface OperationIdentity {
  /** A UUID, new for every request. */
  id: string;
  /** As its client named it. */
  name: string | null;
}

/** One request: whose it is, what came with it, and what its subgraph calls gather. */
export interface EngineRequest {
  caller: Caller | null;
  /** Of which request its calls are, for the record of reading. */
  operation: OperationIdentity;
  /** Guest grants that go along with the calls of a mutation. */
  grants: readonly string[];
  signal: AbortSignal;
  /** What subgraphs withheld, gathered while it runs. */
  hidden: HiddenField[];
  /** What its client asked for, where it takes the answer as text and subgraphs' alone can have it. Left out or null: it does not. */
  asked?: AskedObject | null;
}

/** Carries a request to a subgraph: sealed, over HTTP, where nothing else is said. */
export interface SubgraphTransport<Request = SealedRequest, Answer = SubgraphAnswer> {
  call(subgraph: string, request: Request, signal: AbortSignal): Promise<Answer>;
}

export interface SubgraphAnswer {
  status: number;
  /** JSON text. */
  body: string;
}
