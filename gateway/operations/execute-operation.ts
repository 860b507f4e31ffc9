/** An operation by its text, which has been parsed: made known, and then run as any other. */
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { isIntrospectionOn } from '../policy/introspection.ts';
import type { Admission } from './admit-document.ts';
import type { OperationResult } from './complete-answer.ts';
import { createKnowOperation, type KnownOperation } from './known-operation.ts';
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
  executeByText(steps, createRunOperation(steps));

export function executeByText(admission: Admission, run: RunOperation): ExecuteOperation {
  const know = createKnowOperation(admission);
  return async ({ source, document, operation, ...request }) => {
    let known: KnownOperation;
    try {
      const seesSchema = isIntrospectionOn(admission.introspection, request.caller);
      known = refusing(() => know(source, document, operation, seesSchema));
    } catch (error) {
      if (error instanceof RequestRefused) return { errors: error.errors };
      throw error;
    }
    return run(known, request);
  };
}
