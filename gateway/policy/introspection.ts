/** Who may ask for the schema itself: `__schema` and `__type`. `__typename` is data, and stays open to everybody. */
import { BREAK, type DocumentNode, GraphQLError, visit } from 'graphql';
import type { Caller } from '../../subgraphs/kernel/caller.ts';

export const INTROSPECTION_AUDIENCES = ['everybody', 'signed-in', 'nobody'] as const;
export type IntrospectionAudience = (typeof INTROSPECTION_AUDIENCES)[number];

export const isIntrospectionOn = (audience: IntrospectionAudience, caller: Caller | null): boolean =>
  audience === 'everybody' || (audience === 'signed-in' && caller !== null);

/** Whether it stands anywhere in the document: under an alias, in a fragment, in an operation that is not run. */
export function asksForSchema(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field({ name }) {
      found ||= name.value === '__schema' || name.value === '__type';
      return found ? BREAK : undefined;
    },
  });
  return found;
}

export const introspectionDisabled = (audience: IntrospectionAudience): GraphQLError =>
  new GraphQLError(
    audience === 'signed-in'
      ? 'Introspection is for signed-in callers: ask for __schema or __type with an access token.'
      : 'Introspection is off on this graph: __schema and __type are not answered.',
    { extensions: { code: 'INTROSPECTION_DISABLED' } },
  );
