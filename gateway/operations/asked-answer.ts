/** What a client asked for, for an engine that may put its answer together from texts. */
import {
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import type { AskedField, AskedLeaf, AskedObject, AskedValue } from '../engine/asked-answer.ts';

/** A field that an object answers. */
export interface NamedField {
  key: string;
  /** Null for the name of the object's type. */
  type: GraphQLOutputType | null;
  /** What is selected of its value. */
  below: readonly SelectionSetNode[];
}

/** Null where no text of a subgraph's can have them all. */
type NamedFields = (type: GraphQLObjectType, sets: readonly SelectionSetNode[]) => readonly NamedField[] | null;

/** Null where no text can: an operation with abstract places, aliases, or fields that its caller may not read. */
export function askedAnswer(
  root: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  fieldsOf: NamedFields,
  inaccessible: ReadonlySet<string>,
): AskedObject | null {
  return objectOf(root, sets);

  function objectOf(type: GraphQLObjectType, inner: readonly SelectionSetNode[]): AskedObject | null {
    const fields: AskedField[] = [];
    for (const { key, type: own, below } of fieldsOf(type, inner) ?? []) {
      const value = own ? valueAt(own, below) : TYPE_NAME;
      if (!value) return null;
      fields.push({ key, value });
    }
    return fields.length > 0 ? { type: type.name, fields } : null;
  }

  function valueAt(type: GraphQLOutputType, inner: readonly SelectionSetNode[], isNullable = true): AskedValue | null {
    if (isNonNullType(type)) return valueAt(type.ofType, inner, false);
    if (isLeafType(type)) return { kind: 'leaf', isNullable, leaf: leafOf(type, inaccessible) };
    if (isListType(type)) {
      const item = valueAt(type.ofType, inner);
      return item && { kind: 'list', isNullable, item };
    }
    const object = isObjectType(type) ? objectOf(type, inner) : null;
    return object && { kind: 'object', isNullable, object };
  }
}

const TYPE_NAME: AskedValue = { kind: 'type name' };

function leafOf(type: GraphQLLeafType, inaccessible: ReadonlySet<string>): AskedLeaf {
  if (!isEnumType(type)) return BUILT_IN[type.name] ?? 'string';
  return type.getValues().flatMap(({ name }) => (inaccessible.has(`${type.name}.${name}`) ? [] : [name]));
}

const BUILT_IN: Readonly<Record<string, AskedLeaf>> = { Int: 'int', Float: 'float', Boolean: 'boolean' };
