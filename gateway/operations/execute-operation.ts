/** An operation by its text, which has been parsed: made known, and then run as any other. */
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { isIntrospectionOn } from '../policy/introspection.ts';
import type { ClientThrottles } from '../policy/throttles/client-throttles.ts';
import { type Payer, unknownPayer } from '../policy/throttles/payer.ts';
import type { Admission } from './admit-document.ts';
import type { OperationResult } from './complete-answer.ts';
import type { KnownOperation, KnowOperation } from './known-operation.ts';
import { RequestRefused, refusing, refusingLater } from './request-refused.ts';
import { type OperationRequest, type RunOperation, untilAborted } from './run-operation.ts';

interface IncomingOperation extends OperationRequest {
  source: string;
  document: DocumentNode;
  /** Undefined where the document has none of the name that was asked for. */
  operation: OperationDefinitionNode | undefined;
}

export type ExecuteOperation = (incoming: IncomingOperation) => Promise<OperationResult>;

interface TextSteps extends Pick<Admission, 'introspection' | 'viewOf'> {
  throttles: ClientThrottles;
}

export function executeByText(
  { introspection, viewOf, throttles }: TextSteps,
  know: KnowOperation,
  run: RunOperation,
): ExecuteOperation {
  const reading = new Map<string, Promise<KnownOperation>>();
  /** Once for what a client sends several times at once. */
  const readInTurn = async (payer: Payer, text: string, read: () => KnownOperation): Promise<KnownOperation> => {
    const key = `${payer.key}\n${text}`;
    const begun = reading.get(key);
    if (begun) return begun;
    throttles.countNew(payer);
    const taken = throttles.readings.take(payer.key, async () => {
      await throttles.spareTime();
      return read();
    });
    reading.set(key, taken);
    return taken.finally(() => reading.delete(key));
  };

  return async ({ source, document, operation, payer = unknownPayer(), ...request }) => {
    const view = viewOf(request.caller?.client?.name);
    const seesSchema = isIntrospectionOn(introspection, request.caller);
    const read = (onNew?: () => void) => know(view, source, document, operation, seesSchema, onNew);
    let known: KnownOperation | null;
    try {
      known = refusing(() => unlessNew(read));
      known ??= await refusingLater(
        untilAborted(request.signal, readInTurn(payer, `${view}\n${operation?.name?.value}\n${source}`, read)),
      );
    } catch (error) {
      if (error instanceof RequestRefused) return { errors: error.errors };
      throw error;
    }
    return run(known, { ...request, payer });
  };
}

/** Null where the text has to be looked at first. */
function unlessNew(read: (onNew: () => void) => KnownOperation): KnownOperation | null {
  let isNew = false;
  try {
    return read(() => {
      isNew = true;
      throw new Error('It is new.');
    });
  } catch (error) {
    if (isNew) return null;
    throw error;
  }
}
