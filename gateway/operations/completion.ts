/**
 * From what the subgraphs answered to exactly what the client asked: its own response keys and order, type names,
 * introspection, null where a field was left out, and null propagation by the API schema. graphql-js does the walking.
 */
import {
  execute,
  type FieldNode,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  getNamedType,
} from 'graphql';
import type { CompositionRules } from '../policy/composition-rules.ts';
import { asksForSchema } from '../policy/introspection.ts';
import { accessibleValue, knownObject } from './accessible-value.ts';
import type { PreparedOperation } from './prepare-operation.ts';
import { isPlain } from './response-keys.ts';

/** Told of every object field as the answer is walked: its place, its parent and its value. */
type FieldVisitor = (parent: Readonly<Record<string, unknown>>, value: unknown, info: GraphQLResolveInfo) => void;

/** Thrown for a field that was left out, so that graphql-js propagates its null; its error stands in the answer already. */
class LeftOut extends Error {}

type CompletedOperation = Pick<PreparedOperation<unknown>, 'view' | 'document' | 'operation' | 'plannedKey'> & {
  restricted: Pick<PreparedOperation<unknown>['restricted'], 'isLeftOut'>;
};

export function completeData(
  { interfaceObjects }: Pick<CompositionRules, 'interfaceObjects'>,
  { view, document, operation, restricted, plannedKey }: CompletedOperation,
  variables: Readonly<Record<string, unknown>>,
  data: Readonly<Record<string, unknown>>,
  visitField: FieldVisitor,
): { data: Record<string, unknown> | null; errors: GraphQLError[] } {
  const { inaccessible } = view;
  const schema = asksForSchema(document) ? view.schema : view.completed;
  /** Objects whose type nobody knows, by the interface that they were asked by: what that keeps is kept of them. */
  const unknown = new WeakMap<object, string>();
  const fieldResolver: GraphQLFieldResolver<Record<string, unknown>, unknown> = (source, _args, _context, info) => {
    if (restricted.isLeftOut(unknown.get(source) ?? info.parentType.name, info.fieldName)) throw new LeftOut();
    const key = plannedKey(String(info.path.key), info.fieldName);
    const planned = Object.hasOwn(source, key) ? source[key] : undefined;
    const value = known(accessibleValue(planned, info.returnType, inaccessible), info);
    visitField(source, value, info);
    return value;
  };
  const known = (value: unknown, { returnType, fieldNodes }: GraphQLResolveInfo): unknown =>
    interfaceObjects.size === 0 || isPlainlyAsked(fieldNodes, getNamedType(returnType).name)
      ? value
      : knownObject(value, interfaceObjects);
  const result = execute({
    schema,
    document: {
      ...document,
      definitions: document.definitions.filter((node) => node.kind !== 'OperationDefinition' || node === operation),
    },
    rootValue: data,
    variableValues: { ...variables },
    fieldResolver,
    typeResolver(value, _context, { fieldNodes }, type) {
      const { __typename: name } = value as { __typename?: string };
      if (name !== undefined && !interfaceObjects.has(name)) return name;
      if (!isPlainlyAsked(fieldNodes, type.name)) return undefined;
      unknown.set(value as object, type.name);
      // any type behind an interface, where it was not asked for because it makes no difference
      return schema.getPossibleTypes(type)[0]?.name;
    },
  });
  if ('then' in result) throw new Error('Completion does not wait for anything.');
  const errors = (result.errors ?? []).filter(({ originalError }) => !(originalError instanceof LeftOut));
  return { data: (result.data ?? null) as Record<string, unknown> | null, errors };
}

/** Whether what is asked of a field is the same for every type behind its own. */
const isPlainlyAsked = (nodes: readonly FieldNode[], typeName: string): boolean =>
  nodes.every(({ selectionSet }) => !selectionSet || isPlain(selectionSet, typeName));
