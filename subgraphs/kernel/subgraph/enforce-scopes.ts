/**
 * The second wall for scopes: a subgraph refuses a field whose `@requiresScopes` or `@authenticated` its caller does not
 * meet, whatever stands in front of it. The gateway leaves such fields out before it plans.
 */
import {
  type ConstDirectiveNode,
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLSchema,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import type { Caller } from '../caller.ts';
import { Refused } from '../errors.ts';

/** Any one of the lists suffices; all scopes of a list are needed. Empty: being signed in is enough. */
type Requirement = readonly (readonly string[])[];

/** Wraps the resolvers of guarded fields, in place. */
export function enforceScopes(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const ofType = requirementOf(type.astNode?.directives);
    for (const field of Object.values(type.getFields()))
      for (const requirement of [ofType, requirementOf(field.astNode?.directives)])
        if (requirement) guard(field, requirement);
  }
  return schema;
}

/** The requirement that the directives of a field or type state, or null where they state none. */
function requirementOf(directives: readonly ConstDirectiveNode[] = []): Requirement | null {
  const scopes = directives.find(({ name }) => name.value === 'requiresScopes')?.arguments?.[0];
  if (scopes) return valueFromASTUntyped(scopes.value) as Requirement;
  return directives.some(({ name }) => name.value === 'authenticated') ? [] : null;
}

function guard(field: GraphQLField<unknown, { caller: Caller | null }>, requirement: Requirement): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info) => {
    if (!meets(context.caller, requirement))
      throw new Refused(context.caller ? 'FORBIDDEN' : 'UNAUTHENTICATED', 'The caller lacks the scope of this field.');
    return resolve(source, args, context, info);
  };
}

function meets(caller: Caller | null, requirement: Requirement): boolean {
  if (!caller) return false;
  return requirement.length === 0 || requirement.some((all) => all.every((scope) => caller.scopes.includes(scope)));
}
