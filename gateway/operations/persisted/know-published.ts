/** A published operation is known before anybody asks for it, and may be one that nobody could run. */
import type { DocumentNode } from 'graphql';
import { overLimit } from '../../policy/limits/limiter.ts';
import type { ViewName } from '../../policy/schema-views.ts';
import type { Admission } from '../admit-document.ts';
import { createKnowOperation, type KnownOperation } from '../known-operation.ts';
import { refusing } from '../request-refused.ts';
import { onlyOperationOf } from './operation-text.ts';

/** Throws RequestRefused for what does not hold, and for what is over a limit whatever its variables are. */
export type KnowPublished = (view: ViewName, text: string, document: DocumentNode) => KnownOperation;

export function createKnowPublished(admission: Admission): KnowPublished {
  const { mostCost } = admission.limiter;
  // whoever asks keeps what it asks for; nothing that texts have made here is displaced
  const know = createKnowOperation(admission, { kept: 0, weight: 0 });
  return (view, text, document) =>
    refusing(() => {
      const known = know(view, text, document, onlyOperationOf(document) ?? undefined, true);
      if (known.cost.least > mostCost) throw overLimit('cost', mostCost);
      return known;
    });
}
