/**
 * How far up a null goes: to the nearest place that may be null (GraphQL specification, 6.4.4). What lies below that place
 * is null for the same reason.
 */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { PreparedOperation } from './prepare-operation.ts';

type Path = readonly (string | number)[];

/** Selections with the name of the type that they are on. */
interface TypedSet {
  typeName: string;
  set: SelectionSetNode;
}

interface TypedField {
  typeName: string;
  field: FieldNode;
}

/** The place that is null where the field at `path` is: a prefix of it, the empty one for all data. */
export function createNullReach(
  schema: GraphQLSchema,
  { document, operation }: Pick<PreparedOperation<unknown>, 'document' | 'operation'>,
): (path: Path) => Path {
  const fieldsOf = createFieldsOf(document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION));
  const root = schema.getRootType(operation.operation)?.name ?? '';
  return (path) => {
    let sets: TypedSet[] = [{ typeName: root, set: operation.selectionSet }];
    let type: GraphQLOutputType | undefined;
    let reach = 0;
    for (const [index, key] of path.entries()) {
      if (typeof key === 'number') type = itemOf(type);
      else {
        const fields = sets.flatMap(fieldsOf).filter(({ field }) => (field.alias ?? field.name).value === key);
        type = typeOf(schema, fields[0]);
        sets = fields.flatMap(({ field }) => below(type, field));
      }
      if (!type || !isNonNullType(type)) reach = index + 1;
    }
    return path.slice(0, reach);
  };
}

function itemOf(type: GraphQLOutputType | undefined): GraphQLOutputType | undefined {
  const list = type && isNonNullType(type) ? type.ofType : type;
  return list && isListType(list) ? list.ofType : undefined;
}

function typeOf(schema: GraphQLSchema, typed: TypedField | undefined): GraphQLOutputType | undefined {
  const parent = typed && schema.getType(typed.typeName);
  const hasFields = isObjectType(parent) || isInterfaceType(parent);
  return hasFields && typed ? parent.getFields()[typed.field.name.value]?.type : undefined;
}

const below = (type: GraphQLOutputType | undefined, { selectionSet: set }: FieldNode): TypedSet[] =>
  type && set ? [{ typeName: getNamedType(type).name, set }] : [];

/** The fields of a selection set, through fragments, each on the type that its fragment names. */
function createFieldsOf(definitions: readonly FragmentDefinitionNode[]) {
  const fragments = new Map(definitions.map((node) => [node.name.value, node]));
  const fieldsOf = ({ typeName, set }: TypedSet): TypedField[] =>
    set.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [{ typeName, field: selection }];
      const inner = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      return inner ? fieldsOf({ typeName: inner.typeCondition?.name.value ?? typeName, set: inner.selectionSet }) : [];
    });
  return fieldsOf;
}
