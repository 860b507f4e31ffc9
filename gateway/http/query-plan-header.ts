/** `Apollo-Expose-Query-Plan`: `true` or `dry-run`, as Apollo Router reads it. Any other value asks for nothing. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Explain } from '../operations/explanation.ts';

export const QUERY_PLAN_HEADER = 'apollo-expose-query-plan';

export function explainOf(headers: IncomingHttpHeaders): Explain | undefined {
  const asked = headers[QUERY_PLAN_HEADER];
  if (asked === 'true') return 'beside';
  return asked === 'dry-run' ? 'instead' : undefined;
}
