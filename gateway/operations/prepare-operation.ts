/**
 * Makes an operation ready once for everybody who may read the same of it: what the caller may not read is left out, no
 * alias of the client's can take the place of a key, and the engine plans the rest.
 */
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Engine } from '../engine/engine.ts';
import { onlyOperation, restrict } from '../policy/authorisation.ts';
import { type AuthorisationMode, type AuthorisedOperation, authorised } from '../policy/authorisation-mode.ts';
import type { Verdicts } from '../policy/authorisation-shape.ts';
import type { GraphRules } from '../policy/rules.ts';
import type { SchemaView } from '../policy/schema-views.ts';
import type { KnownOperation } from './known-operation.ts';
import { mostProjections } from './operation-weight.ts';
import { createProjections, type Projection } from './projection.ts';
import { asksForData, createResponseKeys } from './response-keys.ts';

export interface PreparedOperation<Plan> extends AuthorisedOperation {
  /** The schema that its answer is of. */
  view: SchemaView;
  /** As the client wrote it. */
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** Null where there is nothing to ask a subgraph. */
  plan: Plan | null;
  /** From a field's response key to the planned one. */
  plannedKey(responseKey: string, fieldName: string): string;
  /** The quick way from an answer to what its client gets, for the variables of a request. */
  projectionFor(variables: Readonly<Record<string, unknown>>): Projection;
}

type PrepareOperation<Plan> = (
  known: Pick<KnownOperation, 'view' | 'document' | 'operation' | 'counts'>,
  verdicts: Verdicts,
) => Promise<PreparedOperation<Plan>>;

export function createPrepareOperation<Plan>(
  apiSchema: GraphQLSchema,
  rules: GraphRules,
  engine: Engine<Plan>,
  mode: AuthorisationMode,
): PrepareOperation<Plan> {
  const keys = createResponseKeys(apiSchema, rules.guestTypes, rules.interfaceObjects);
  return async ({ view, document, operation, counts }, verdicts) => {
    const restricted = restrict(apiSchema, rules, document, operation, verdicts);
    const outcome = authorised(mode, { document: onlyOperation(document, operation), operation }, restricted);
    const { document: planned, plannedKey } = keys.makeSafe(outcome.restricted.document);
    const plan = outcome.refusal === null && asksForData(planned) ? await engine.prepare(planned) : null;
    const { isLeftOut } = outcome.restricted;
    const projected = { document, operation, plannedKey, isLeftOut };
    const projectionFor = createProjections(view.schema, view.inaccessible, projected, mostProjections(counts));
    return { view, document, operation, ...outcome, plan, plannedKey, projectionFor };
  };
}
