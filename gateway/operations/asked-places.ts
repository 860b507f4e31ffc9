/** Which place of what was asked a planned place is: the planner fetches more than that, under keys of its own. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { createFieldsOf } from './collected-fields.ts';

/** An operation as its client wrote it, and what came of it as it was planned. */
export interface AskedOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Readonly<Record<string, unknown>>;
  plannedKey(responseKey: string, fieldName: string): string;
  /** Of a field that its caller may not read, and no subgraph was asked for. */
  isLeftOut(typeName: string, fieldName: string): boolean;
  /** Names of fields that other fields may need. */
  neededFields: ReadonlySet<string>;
  /** Under the planned keys. */
  data: Readonly<Record<string, unknown>> | null;
}

export type Path = readonly (string | number)[];

interface AskedPlace {
  /** The nearest place that was asked for; null where there is none to begin with. */
  path: Path | null;
  /** The planned path goes on from there, with a field that was not asked for. */
  wasUnasked: boolean;
  /** That field was asked of other types alone, and nothing that was asked of this object has to do with it. */
  isNobodys: boolean;
}

/** What paths hold for a call to a subgraph that failed as a whole, and are no fields. */
const OF_FETCHES: ReadonlySet<string> = new Set(['@', '_entities']);

/** Follows a path through the operation, by the types of the objects that were answered. */
export function createAskedPlaceOf(asked: AskedOperation): (planned: Path | undefined) => AskedPlace {
  const { schema, operation, data } = asked;
  const root = createLevels(asked)([operation.selectionSet]);
  return (planned) => {
    if (!planned) return { path: null, wasUnasked: false, isNobodys: false };
    const path: (string | number)[] = [];
    let level = root;
    let value: unknown = data;
    let declared: unknown = schema.getRootType(operation.operation);
    for (const key of planned) {
      if (typeof key === 'string') {
        const type = typeOf(schema, value, declared);
        const field = level.fieldsOf(type).get(key);
        if (!field) {
          const isNobodys =
            type !== null && level.fieldsOf(null).has(key) && !mayMatter(asked, key, level, type, value);
          return { path, wasUnasked: !OF_FETCHES.has(key), isNobodys };
        }
        path.push(field.key);
        level = field.below;
        const definition = type?.getFields()[field.name];
        declared = definition && getNamedType(definition.type);
      } else path.push(key);
      value = within(value, key);
    }
    return { path, wasUnasked: false, isNobodys: false };
  };
}

/** Whether a field of other types is needed for one that was asked of an object, or took one with it when it failed. */
function mayMatter(
  { neededFields, isLeftOut }: AskedOperation,
  failed: string,
  level: Level,
  type: GraphQLObjectType,
  value: unknown,
): boolean {
  if (neededFields.has(failed)) return true;
  const isMissing = ([planned, { name }]: [string, AskedField]): boolean =>
    !name.startsWith('__') && !isLeftOut(type.name, name) && within(value, planned) === undefined;
  return [...level.fieldsOf(type)].some(isMissing);
}

interface AskedField {
  /** As the client has it. */
  key: string;
  name: string;
  below: Level;
}

/** What is selected of an object. */
interface Level {
  /** By their planned keys those of objects of a type; of any where it is null, and then those that are left out, too. */
  fieldsOf(type: GraphQLObjectType | null): ReadonlyMap<string, AskedField>;
}

/** Each level once, however many places are looked for. */
function createLevels({ schema, document, variables, plannedKey }: AskedOperation) {
  const ofType = createFieldsOf(schema, document, variables);
  const ofAnyType = createFieldsOfAnyType(document);
  const levelOf = (sets: readonly SelectionSetNode[]): Level => {
    const known = new Map<GraphQLObjectType | null, ReadonlyMap<string, AskedField>>();
    return {
      fieldsOf(type) {
        const kept = known.get(type) ?? askedFields(type ? [...ofType(type, sets).values()].flat() : ofAnyType(sets));
        known.set(type, kept);
        return kept;
      },
    };
  };
  const askedFields = (nodes: readonly FieldNode[]): ReadonlyMap<string, AskedField> => {
    const byKey = Map.groupBy(nodes, (node) => plannedKey(keyOf(node), node.name.value));
    return new Map(
      [...byKey].map(([planned, [first, ...others]]): [string, AskedField] => {
        if (!first) throw new Error('Expected a group to have something in it.');
        const below = levelOf([first, ...others].flatMap(({ selectionSet }) => selectionSet ?? []));
        return [planned, { key: keyOf(first), name: first.name.value, below }];
      }),
    );
  };
  return levelOf;
}

const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** Through fragments of any type. */
function createFieldsOfAnyType(document: DocumentNode) {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  return (sets: readonly SelectionSetNode[]): FieldNode[] => {
    const fields: FieldNode[] = [];
    const spread = new Set<string>();
    const collect = ({ selections }: SelectionSetNode): void => {
      for (const selection of selections)
        if (selection.kind === Kind.FIELD) fields.push(selection);
        else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
        else if (!spread.has(selection.name.value)) {
          spread.add(selection.name.value);
          const fragment = fragments.get(selection.name.value);
          if (fragment) collect(fragment.selectionSet);
        }
    };
    for (const set of sets) collect(set);
    return fields;
  };
}

const within = (value: unknown, key: string | number): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key]
    : undefined;

/** As the object says it; null where it cannot be told. */
function typeOf(schema: GraphQLSchema, value: unknown, declared: unknown): GraphQLObjectType | null {
  const said = schema.getType(String(within(value, '__typename')));
  return isObjectType(said) ? said : isObjectType(declared) ? declared : null;
}
