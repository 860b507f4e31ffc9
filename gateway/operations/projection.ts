/**
 * The quick way from what subgraphs answered to what the client asked, compiled once for an operation. It makes the same of
 * an answer as completion (`completion.ts`) wherever nothing has to be explained; at the first value that does, a null where
 * none may be, a leaf of another kind, a type that clients do not see, it gives up, and the answer is completed that way.
 */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { AskedObject } from '../engine/asked-answer.ts';
import { askedAnswer, type NamedField } from './asked-answer.ts';
import { createFieldsOf } from './collected-fields.ts';
import { shownAsItIs, shownLeaf } from './shown-leaf.ts';

type Data = Record<string, unknown>;

export interface Projection {
  /** Null where it gives up. */
  project(data: Readonly<Data>): Data | null;
  /** What subgraphs' texts are held against; null where none of them can be passed on. */
  asked: AskedObject | null;
}

interface ProjectedOperation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  plannedKey(responseKey: string, fieldName: string): string;
  isLeftOut(typeName: string, fieldName: string): boolean;
}

const GIVEN_UP = Symbol('given up');

/** The value as a client gets it, or `GIVEN_UP`. */
type Shown = (value: unknown) => unknown;

interface ShownField {
  /** As the client has it, and as it was planned. */
  key: string;
  planned: string;
  /** Of which `typeof` a value is shown without another look; null where each needs one. */
  asItIs: 'string' | 'boolean' | null;
  /** What every object inherits under the planned key is no answer. */
  isInherited: boolean;
  show: Shown;
}

/**
 * For the variables of a request. The values of `@skip` and `@include` are compiled in: of so many sets of them as `most`
 * says, and of others none is.
 */
export function createProjections(
  schema: GraphQLSchema,
  inaccessible: ReadonlySet<string>,
  asked: ProjectedOperation,
  most: number,
): (variables: Readonly<Data>) => Projection {
  const conditions = conditionsIn(asked.document);
  const kept = new Map<string, Projection>();
  return (variables) => {
    const key = conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
    const known = kept.get(key);
    if (known) return known;
    if (kept.size >= most) return NO_PROJECTION;
    const made = compileProjection(schema, inaccessible, asked, variables);
    kept.set(key, made);
    return made;
  };
}

const NO_PROJECTION: Projection = { project: () => null, asked: null };

/** The variables of `@skip` and `@include`, each once. */
export function conditionsIn(document: DocumentNode): string[] {
  const names = new Set<string>();
  const walk = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      for (const { name, arguments: given = [] } of selection.directives ?? [])
        if (name.value === 'skip' || name.value === 'include')
          for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) walk(selection.selectionSet);
    }
  };
  for (const node of document.definitions) if ('selectionSet' in node) walk(node.selectionSet);
  return [...names];
}

function compileProjection(
  schema: GraphQLSchema,
  inaccessible: ReadonlySet<string>,
  { document, operation, plannedKey, isLeftOut }: ProjectedOperation,
  variables: Readonly<Data>,
): Projection {
  const fieldsOf = createFieldsOf(schema, document, variables);
  const root = schema.getRootType(operation.operation);
  if (!root) return NO_PROJECTION;
  const show = objectOf(root, [operation.selectionSet]);
  return {
    project(data) {
      const shown = show(data);
      return shown === GIVEN_UP ? null : (shown as Data);
    },
    asked: askedAnswer(root, [operation.selectionSet], namedFields, inaccessible),
  };

  function namedFields(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): NamedField[] | null {
    const fields = [...fieldsOf(type, sets)].map(([key, nodes]): NamedField | null => {
      const name = nodes[0]?.name.value ?? '';
      const own = name === '__typename' ? null : type.getFields()[name]?.type;
      if (own === undefined || plannedKey(key, name) !== key || isLeftOut(type.name, name)) return null;
      return { key, type: own, below: nodes.flatMap(({ selectionSet }) => selectionSet ?? []) };
    });
    return fields.includes(null) ? null : fields.filter((field) => field !== null);
  }

  function objectOf(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Shown {
    const fields = [...fieldsOf(type, sets)].map(([key, nodes]) => fieldOf(type, key, nodes));
    const own = fields.filter((field) => field !== null);
    // introspection, and a key that would change what the object is: the other way has no trouble with them
    if (own.length < fields.length) return () => GIVEN_UP;
    return (value) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return GIVEN_UP;
      const object: Data = {};
      for (const { key, planned, asItIs, isInherited, show } of own) {
        const said = isInherited && !Object.hasOwn(value, planned) ? undefined : (value as Data)[planned];
        if (typeof said === asItIs) {
          object[key] = said;
          continue;
        }
        const shown = show(said);
        if (shown === GIVEN_UP) return GIVEN_UP;
        object[key] = shown;
      }
      return object;
    };
  }

  function fieldOf(type: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): ShownField | null {
    const name = nodes[0]?.name.value ?? '';
    if (key === '__proto__') return null;
    const planned = plannedKey(key, name);
    const field = { key, planned, asItIs: null, isInherited: planned in Object.prototype };
    if (name === '__typename') return { ...field, show: () => type.name };
    const definition = type.getFields()[name];
    if (!definition) return null;
    if (isLeftOut(type.name, name)) {
      const shown = isNonNullType(definition.type) ? GIVEN_UP : null;
      return { ...field, show: () => shown };
    }
    const show = anyOf(
      definition.type,
      nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    );
    return { ...field, asItIs: shownAsItIs(definition.type), show };
  }

  function anyOf(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): Shown {
    if (isNonNullType(type)) {
      const show = anyOf(type.ofType, sets);
      return (value) => show(value) ?? GIVEN_UP;
    }
    const show = someOf(type, sets);
    return (value) => (value === null || value === undefined ? null : show(value));
  }

  /** Of a value that is there. */
  function someOf(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): Shown {
    if (isListType(type)) return listOf(anyOf(type.ofType, sets));
    if (isLeafType(type)) return shownLeaf(type, inaccessible, GIVEN_UP);
    if (isObjectType(type)) return objectOf(type, sets);
    const byName = new Map<string, Shown>();
    return (value) => {
      const name = (value as Data).__typename;
      if (typeof name !== 'string') return GIVEN_UP;
      const show = byName.get(name) ?? behind(type, name, sets);
      if (show && !byName.has(name)) byName.set(name, show);
      return show ? show(value) : GIVEN_UP;
    };
  }

  /** Null for a type that the client's schema does not have there. */
  function behind(type: GraphQLOutputType, name: string, sets: readonly SelectionSetNode[]): Shown | null {
    const concrete = schema.getType(name);
    const isPossible = isAbstractType(type) && isObjectType(concrete) && schema.isSubType(type, concrete);
    return isPossible ? objectOf(concrete, sets) : null;
  }
}

const listOf =
  (show: Shown): Shown =>
  (value) => {
    if (!Array.isArray(value)) return GIVEN_UP;
    const list = new Array<unknown>(value.length);
    for (let index = 0; index < value.length; index += 1) {
      const shown = show(value[index]);
      if (shown === GIVEN_UP) return GIVEN_UP;
      list[index] = shown;
    }
    return list;
  };
