/** What a document passes before anything is done for it: limits first, since all that follows grows with what it asks. */
import type { DocumentNode } from 'graphql';
import type { CostOf } from '../policy/cost/operation-cost.ts';
import { asksForSchema, type IntrospectionAudience, introspectionDisabled } from '../policy/introspection.ts';
import type { Limiter } from '../policy/limits/limiter.ts';
import type { Counts } from '../policy/limits/limits.ts';
import type { SchemaView, SchemaViews } from '../policy/schema-views.ts';
import { createRecentlyUsed, type MostKept } from './recently-used.ts';
import { RequestRefused } from './request-refused.ts';
import { validateOperation } from './validate-operation.ts';

interface DocumentAdmission {
  limiter: Limiter;
  introspection: IntrospectionAudience;
}

export interface Admission extends DocumentAdmission, SchemaViews {
  costOf: CostOf;
}

interface AdmittedDocument {
  counts: Counts;
  asksForSchema: boolean;
}

type AdmitDocument = (
  view: SchemaView,
  source: string,
  document: DocumentNode,
  seesSchema: boolean,
  onNew?: () => void,
) => AdmittedDocument;

/**
 * `seesSchema`: whether its caller may ask for the schema. `onNew`: called before anything else, where the document was not
 * admitted before; those that were are not looked at again. Throws RequestRefused, or GraphQLError for a limit.
 */
export function createAdmitDocument({ limiter, introspection }: DocumentAdmission, most?: MostKept): AdmitDocument {
  const admitted = createRecentlyUsed<AdmittedDocument>(most);
  return (view, source, document, seesSchema, onNew) => {
    const known = admitted.get(`${view.name}\n${source}`, () => {
      onNew?.();
      const counts = limiter.admitDocument(document);
      const isAboutSchema = asksForSchema(document);
      if (isAboutSchema && !seesSchema) throw refuseSchema(introspection);
      const invalid = validateOperation(view.schema, document, seesSchema);
      if (invalid.length > 0) throw new RequestRefused(invalid);
      return { counts, asksForSchema: isAboutSchema };
    });
    if (known.asksForSchema && !seesSchema) throw refuseSchema(introspection);
    return known;
  };
}

export const refuseSchema = (introspection: IntrospectionAudience): RequestRefused =>
  new RequestRefused([introspectionDisabled(introspection)]);
