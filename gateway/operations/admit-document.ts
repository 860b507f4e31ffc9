/** What a document passes before anything is done for it: limits first, since all that follows grows with what it asks. */
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import {
  asksForSchema,
  type IntrospectionAudience,
  introspectionDisabled,
  isIntrospectionOn,
} from '../policy/introspection.ts';
import type { Limiter } from '../policy/limits/limiter.ts';
import type { Counts } from '../policy/limits/limits.ts';
import { createPreparedOperations } from './prepared-operations.ts';
import { RequestRefused } from './request-refused.ts';
import { validateOperation } from './validate-operation.ts';

export interface Admission {
  apiSchema: GraphQLSchema;
  limiter: Limiter;
  introspection: IntrospectionAudience;
}

interface AdmittedDocument {
  counts: Counts;
  asksForSchema: boolean;
}

type AdmitDocument = (source: string, document: DocumentNode, caller: Caller | null) => Counts;

/** A document that was admitted is not looked at again. Throws RequestRefused, or GraphQLError for a limit. */
export function createAdmitDocument({ apiSchema, limiter, introspection }: Admission): AdmitDocument {
  const admitted = createPreparedOperations<AdmittedDocument>();
  const refuseSchema = (): never => {
    throw new RequestRefused([introspectionDisabled(introspection)]);
  };
  return (source, document, caller) => {
    const isOn = isIntrospectionOn(introspection, caller);
    const known = admitted.get(source, () => {
      const counts = limiter.admitDocument(document);
      const isAboutSchema = asksForSchema(document);
      if (isAboutSchema && !isOn) refuseSchema();
      const invalid = validateOperation(apiSchema, document);
      if (invalid.length > 0) throw new RequestRefused(invalid);
      return { counts, asksForSchema: isAboutSchema };
    });
    if (known.asksForSchema && !isOn) refuseSchema();
    return known.counts;
  };
}
