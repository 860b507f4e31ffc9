/** An operation by its text, which has been parsed: made known, and then run as any other. */
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { isIntrospectionOn } from '../policy/introspection.ts';
import type { ClientThrottles } from '../policy/throttles/client-throttles.ts';
import { unknownPayer } from '../policy/throttles/payer.ts';
import type { Admission } from './admit-document.ts';
import type { OperationResult } from './complete-answer.ts';
import { createKnowOperation, type KnownOperation, type KnowOperation } from './known-operation.ts';
import { createPreparedOperations } from './prepared-operations.ts';
import { RequestRefused, refusing } from './request-refused.ts';
import { createRunOperation, type OperationRequest, type OperationSteps, type RunOperation } from './run-operation.ts';

interface IncomingOperation extends OperationRequest {
  source: string;
  document: DocumentNode;
  /** Undefined where the document has none of the name that was asked for. */
  operation: OperationDefinitionNode | undefined;
}

export type ExecuteOperation = (incoming: IncomingOperation) => Promise<OperationResult>;

export const createExecuteOperation = <Plan>(steps: OperationSteps<Plan>): ExecuteOperation =>
  executeByText(steps, createKnowOperation(steps), createRunOperation(steps, createPreparedOperations(steps)));

interface TextSteps extends Pick<Admission, 'introspection' | 'viewOf'> {
  throttles: ClientThrottles;
}

export const executeByText =
  ({ introspection, viewOf, throttles }: TextSteps, know: KnowOperation, run: RunOperation): ExecuteOperation =>
  async ({ source, document, operation, payer = unknownPayer(), ...request }) => {
    let known: KnownOperation;
    try {
      const seesSchema = isIntrospectionOn(introspection, request.caller);
      const view = viewOf(request.caller?.client?.name);
      known = refusing(() => know(view, source, document, operation, seesSchema, () => throttles.countNew(payer)));
    } catch (error) {
      if (error instanceof RequestRefused) return { errors: error.errors };
      throw error;
    }
    return run(known, { ...request, payer });
  };
