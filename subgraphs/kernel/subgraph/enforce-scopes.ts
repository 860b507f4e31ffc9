/**
 * The second wall for scopes: a subgraph refuses a field whose `@requiresScopes`, `@policy` or `@authenticated` its caller
 * does not meet, whatever stands in front of it. The gateway leaves such fields out before it plans.
 */
import {
  type ConstDirectiveNode,
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import type { Caller } from '../caller.ts';
import { Refused } from '../errors.ts';
import { type Choice, meets, type Requirement, SIGNED_IN } from '../scopes.ts';

/** Wraps the resolvers of guarded fields, in place. */
export function enforceScopes(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const ofType = requirementOf(type.astNode?.directives);
    for (const field of Object.values(type.getFields())) {
      const requirement = [...ofType, ...requirementOf(field.astNode?.directives), ...ofValue(field)];
      if (requirement.length > 0) guard(field, requirement);
    }
  }
  return schema;
}

/** What the directives of a field or type state. */
export const requirementOf = (directives: readonly ConstDirectiveNode[] = []): Requirement =>
  directives.flatMap(({ name, arguments: [stated] = [] }) => {
    if (name.value === 'authenticated') return [SIGNED_IN];
    const of = OF.get(name.value);
    return of && stated ? [{ of, anyOf: valueFromASTUntyped(stated.value) as Choice['anyOf'] }] : [];
  });

/** Of a scalar or enum; an object's fields ask for what its type does. */
function ofValue({ type }: Pick<GraphQLField<unknown, unknown>, 'type'>): Requirement {
  const named = getNamedType(type);
  return isLeafType(named) ? requirementOf(named.astNode?.directives) : [];
}

const OF: ReadonlyMap<string, Choice['of']> = new Map([
  ['requiresScopes', 'scopes'],
  ['policy', 'policies'],
]);

function guard(field: GraphQLField<unknown, { caller: Caller | null }>, requirement: Requirement): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info) => {
    if (!meets(context.caller, requirement))
      throw new Refused(context.caller ? 'FORBIDDEN' : 'UNAUTHENTICATED', 'The caller lacks the scope of this field.');
    return resolve(source, args, context, info);
  };
}
