/**
 * Keeps a client's aliases out of what is sent on to subgraphs. The planner reads keys and `@requires` fields from the
 * answer by their names, and takes whatever a client has aliased to such a name: `{ guestProfile { id: displayName } }`,
 * `guestGrant: __typename` (https://github.com/apollographql/federation/issues/3036). So every alias is planned under a
 * prefix that no field of the graph begins with, and the answer is read by it.
 */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

interface SafeKeys {
  document: DocumentNode;
  plannedKey(responseKey: string, fieldName: string): string;
}

interface ResponseKeys {
  /**
   * Prefixes aliases, leaves introspection to the front, and asks for what reading the answer needs: the type name of
   * abstract places, and the id of each type in `identified`.
   */
  makeSafe(document: DocumentNode): SafeKeys;
}

export function createResponseKeys(
  schema: GraphQLSchema,
  identified: ReadonlySet<string>,
  interfaceObjects: ReadonlySet<string> = new Set(),
): ResponseKeys {
  const prefix = prefixOf(schema);
  const isAliased = (responseKey: string, fieldName: string) => responseKey !== fieldName;
  return {
    makeSafe(document) {
      const types = new TypeInfo(schema);
      const safe: DocumentNode = visit(
        document,
        visitWithTypeInfo(types, {
          Field: {
            enter: (field) => (isIntrospection(field) ? null : undefined),
            leave: (field) =>
              field.alias && isAliased(field.alias.value, field.name.value)
                ? { ...field, alias: { ...field.alias, value: prefix + field.alias.value } }
                : undefined,
          },
          SelectionSet: {
            leave(set) {
              const parent = types.getParentType();
              // of an interface object only another subgraph knows the type: it is asked where the client needs it
              const named =
                parent && isAbstractType(parent) && !(interfaceObjects.has(parent.name) && isPlain(set, parent.name));
              // and where all of it may be left out: that the object is there is an answer, too
              const isOpen = parent && !isRoot(schema, parent) && set.selections.every(isConditional);
              const extra = [(named || isOpen) && TYPENAME, parent && identified.has(parent.name) && ID].filter(
                (each) => !!each,
              );
              return extra.length > 0 ? { ...set, selections: [...set.selections, ...extra] } : undefined;
            },
          },
        }),
      );
      return {
        document: safe,
        plannedKey: (responseKey, fieldName) =>
          isAliased(responseKey, fieldName) ? prefix + responseKey : responseKey,
      };
    },
  };
}

const isRoot = (schema: GraphQLSchema, type: GraphQLNamedType): boolean =>
  type === schema.getQueryType() || type === schema.getMutationType();

const isConditional = ({ directives = [] }: SelectionNode): boolean =>
  directives.some(({ name }) => name.value === 'skip' || name.value === 'include');

const fieldNamed = (name: string): FieldNode => ({ kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } });
const TYPENAME = fieldNamed('__typename');
const ID = fieldNamed('id');

/** Whether a selection on an interface is the same for every type behind it. */
export const isPlain = ({ selections }: SelectionSetNode, typeName: string): boolean =>
  selections.every((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value !== '__typename';
    if (selection.kind === Kind.FRAGMENT_SPREAD) return false;
    const condition = selection.typeCondition?.name.value ?? typeName;
    return condition === typeName && isPlain(selection.selectionSet, typeName);
  });

const isIntrospection = ({ name }: FieldNode): boolean => name.value === '__schema' || name.value === '__type';

/** Whether a planned operation asks any subgraph for anything. */
export function asksForData(document: DocumentNode): boolean {
  const fragments = new Map<string, SelectionSetNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node.selectionSet);
  const asks = ({ selections }: SelectionSetNode): boolean =>
    selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value !== '__typename';
      const set =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection.selectionSet;
      return set !== undefined && asks(set);
    });
  return document.definitions.some((node) => node.kind === Kind.OPERATION_DEFINITION && asks(node.selectionSet));
}

function prefixOf(schema: GraphQLSchema): string {
  const names = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : [],
  );
  let prefix = 'alias_';
  while (names.some((name) => name.startsWith(prefix))) prefix = `_${prefix}`;
  return prefix;
}
