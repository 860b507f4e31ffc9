/**
 * Where an answer has lists and where objects, by the operation and the schema. What merges answers walks them by the
 * plan, and would fail, with all of the answer, on one that is built otherwise. Values of leaves are looked at later.
 */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

export interface AnswerShape {
  fits(data: Readonly<Record<string, unknown>>): boolean;
}

/** By response key: how many lists deep a field's objects are, and what is in them. Leaves are left out. */
type Shape = Map<string, { depth: number; inner: Shape }>;

/** The same, to be walked with every answer. */
interface Place {
  key: string;
  depth: number;
  inner: readonly Place[];
}

const placesOf = (shape: Shape): Place[] =>
  [...shape].map(([key, { depth, inner }]) => ({ key, depth, inner: placesOf(inner) }));

export function createAnswerShapes(schema: GraphQLSchema): (document: DocumentNode) => AnswerShape {
  const shapes = new WeakMap<DocumentNode, AnswerShape>();
  return (document) => {
    const known = shapes.get(document);
    if (known) return known;
    const places = placesOf(shapeOf(schema, document));
    const made: AnswerShape = { fits: (data) => fits(data, places) };
    shapes.set(document, made);
    return made;
  };
}

function fits(object: Readonly<Record<string, unknown>>, places: readonly Place[]): boolean {
  for (const { key, depth, inner } of places) {
    const value = object[key];
    // a field may be left out by `@skip`, and be named like what every object has (`constructor`): a function
    if (value === undefined || typeof value === 'function') continue;
    if (!valueFits(value, depth, inner)) return false;
  }
  return true;
}

function valueFits(value: unknown, depth: number, inner: readonly Place[]): boolean {
  if (value === null) return true;
  if (depth === 0)
    return typeof value === 'object' && !Array.isArray(value) && fits(value as Record<string, unknown>, inner);
  if (!Array.isArray(value)) return false;
  for (const item of value as unknown[]) if (!valueFits(item, depth - 1, inner)) return false;
  return true;
}

function shapeOf(schema: GraphQLSchema, document: DocumentNode): Shape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const operation = getOperationAST(document) as OperationDefinitionNode;
  const shape: Shape = new Map();
  const collect = ({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined, into: Shape): void => {
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD) {
        const inner = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
        const condition = inner?.typeCondition?.name.value;
        if (inner) collect(inner.selectionSet, condition ? schema.getType(condition) : parent, into);
      } else if (selection.selectionSet) {
        const key = (selection.alias ?? selection.name).value;
        const type = fieldType(parent, selection.name.value);
        if (selection.name.value === '_entities') collect(selection.selectionSet, undefined, entry(into, key, 1));
        else if (type && isCompositeType(getNamedType(type)))
          collect(selection.selectionSet, getNamedType(type), entry(into, key, listDepth(type)));
      }
    }
  };
  collect(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, shape);
  return shape;
}

/** A field may be selected twice: what is in it belongs together. */
function entry(shape: Shape, key: string, depth: number): Shape {
  const known = shape.get(key) ?? { depth, inner: new Map() };
  shape.set(key, known);
  return known.inner;
}

const fieldType = (parent: GraphQLNamedType | undefined, name: string): GraphQLType | undefined =>
  isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name]?.type : undefined;

function listDepth(type: GraphQLType): number {
  if (isNonNullType(type)) return listDepth(type.ofType);
  return isListType(type) ? 1 + listDepth(type.ofType) : 0;
}
