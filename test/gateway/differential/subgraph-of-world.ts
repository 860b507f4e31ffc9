/** One subgraph of a world, as a schema that answers: it knows its own fields, and of others' what it is sent. */
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { failing } from './failing-fields.ts';
import { BY_KEY, type Fault } from './faults.ts';
import { fieldOf, type Run, type Source, type Thing, type World, type WorldSubgraph } from './world.ts';

/** What is handed to resolvers: the run, and its faults. */
export interface RunContext extends Run {
  faults: readonly Fault[];
}

const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@requires", "@external", "@provides", "@shareable", "@override", "@inaccessible", "@interfaceObject", "@tag",
  "@context", "@fromContext"
])\n`;

export const sdlOf = ({ typeDefs, hasOwnLinks }: WorldSubgraph): string =>
  hasOwnLinks ? typeDefs : FEDERATION + typeDefs;

export interface SubgraphSchema {
  schema: GraphQLSchema;
  resolveField: GraphQLFieldResolver<Source, RunContext>;
}

export function subgraphOfWorld(world: World, subgraph: WorldSubgraph): SubgraphSchema {
  const document = parse(sdlOf(subgraph));
  const known = readTypes(document);
  const references = Object.fromEntries(
    [...known.values()]
      .filter(({ keys }) => keys.length > 0)
      .map(({ name }) => [name, { __resolveReference: referenceResolver(world, known, name) }]),
  );
  const schema = buildSubgraphSchema([{ typeDefs: document, resolvers: references as never }]);
  const resolveField: SubgraphSchema['resolveField'] = (
    source,
    args,
    context,
    { parentType, fieldName, returnType, schema },
  ) => {
    const names = namesOf(parentType, schema);
    if (!hasAll(source, known.get(parentType.name)?.requires.get(fieldName) ?? []))
      throw new Error(`${parentType.name}.${fieldName} was asked for without all that it requires.`);
    const resolve = fieldOf(subgraph.fields ?? {}, names, fieldName) ?? fieldOf(world.fields, names, fieldName);
    const value = failing(context, names, fieldName, source, () =>
      resolve ? resolve(source, args, context) : source[fieldName],
    );
    const type = getNamedType(returnType);
    return isCompositeType(type) ? sharedOut(value, known, isObjectType(type) ? type.name : null) : value;
  };
  return { schema, resolveField };
}

export const namesOf = (type: GraphQLObjectType, schema: GraphQLSchema): string[] => [
  nameOf(type, schema),
  ...type.getInterfaces().map(({ name }) => name),
];

/** As the supergraph has it: a subgraph may call its roots otherwise. */
export const nameOf = (type: GraphQLObjectType, schema: GraphQLSchema): string =>
  type === schema.getQueryType() ? 'Query' : type === schema.getMutationType() ? 'Mutation' : type.name;

/** What a subgraph's schema says of a type. */
interface KnownType {
  name: string;
  keys: readonly (readonly FieldNode[])[];
  /** Fields that it gets from others where it needs them, and does not have by itself. */
  lent: ReadonlySet<string>;
  /** What a field requires. */
  requires: ReadonlyMap<string, readonly FieldNode[]>;
  /** It stands for whatever has its key. */
  isInterfaceObject: boolean;
}

type KnownTypes = ReadonlyMap<string, KnownType>;

function readTypes(document: DocumentNode): KnownTypes {
  const known = new Map<string, KnownType>();
  for (const node of document.definitions) {
    if (
      node.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      node.kind !== Kind.OBJECT_TYPE_EXTENSION &&
      node.kind !== Kind.INTERFACE_TYPE_DEFINITION
    )
      continue;
    const fields = node.fields ?? [];
    const requires = new Map(
      fields.map(({ name, directives }) => [name.value, applied(directives, 'requires').flatMap(fieldsIn)]),
    );
    const required = [...requires.values()].flat().map(({ name }) => name.value);
    const external = fields.filter(({ directives }) => applied(directives, 'external').length > 0);
    const lent = external.map(({ name }) => name.value).filter((name) => required.includes(name));
    const keys = applied(node.directives, 'key').filter((key) => !isUnresolvable(key));
    known.set(node.name.value, {
      name: node.name.value,
      keys: keys.map(fieldsIn),
      lent: new Set(lent),
      requires,
      isInterfaceObject: applied(node.directives, 'interfaceObject').length > 0,
    });
  }
  return known;
}

const applied = (directives: readonly ConstDirectiveNode[] | undefined, name: string): ConstDirectiveNode[] =>
  (directives ?? []).filter((each) => each.name.value === name);

const isUnresolvable = ({ arguments: given = [] }: ConstDirectiveNode): boolean =>
  given.some(({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value);

function fieldsIn({ arguments: given = [] }: ConstDirectiveNode): readonly FieldNode[] {
  const value = given.find(({ name }) => name.value === 'fields')?.value;
  if (value?.kind !== Kind.STRING) throw new Error('Expected a set of fields.');
  const operation = parse(`{ ${value.value} }`).definitions[0] as OperationDefinitionNode;
  return operation.selectionSet.selections.filter((selection) => selection.kind === Kind.FIELD);
}

/** Finds a thing by a key that can be resolved here; null where there is no such thing. */
function referenceResolver({ things }: World, known: KnownTypes, typeName: string) {
  return (reference: Source, context: RunContext, { schema }: { schema: GraphQLSchema }): Source | null => {
    const { keys, lent, isInterfaceObject } = known.get(typeName) as KnownType;
    const key = keys.find((each) => holds(reference, each));
    if (!key) throw new Error(`Expected a key of ${typeName}; there came ${Object.keys(reference)}.`);
    const type = schema.getType(typeName);
    const possible = isInterfaceType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [typeName];
    const isOne = (thing: Thing) => isInterfaceObject || possible.includes(thing.__typename);
    const found = things.find((thing) => isOne(thing) && isSame(thing, reference, key));
    const names = isObjectType(type) ? namesOf(type, schema) : [typeName];
    const thing = found && failing(context, names, BY_KEY, found, () => found);
    if (!thing) return null;
    const own = sharedOut(thing, known, isInterfaceType(type) ? null : typeName) as Source;
    const sent = Object.entries(reference).filter(([name]) => lent.has(name) || !Object.hasOwn(thing, name));
    return { ...own, ...Object.fromEntries(sent) };
  };
}

const holds = (value: unknown, fields: readonly FieldNode[]): boolean =>
  typeof value === 'object' &&
  value !== null &&
  fields.every(({ name, selectionSet }) => {
    const inner = (value as Source)[name.value];
    return selectionSet ? holds(inner, selectionSet.selections as readonly FieldNode[]) : inner !== undefined;
  });

/** Null is something that it has. */
const hasAll = (value: unknown, fields: readonly FieldNode[]): boolean => {
  if (Array.isArray(value)) return value.every((item) => hasAll(item, fields));
  if (typeof value !== 'object' || value === null) return true;
  return fields.every(({ name, selectionSet }) => {
    const inner = (value as Source)[name.value];
    const below = selectionSet?.selections.filter((each) => each.kind === Kind.FIELD) ?? [];
    return inner !== undefined && hasAll(inner, below);
  });
};

const isSame = (thing: unknown, reference: unknown, fields: readonly FieldNode[]): boolean =>
  typeof thing === 'object' &&
  thing !== null &&
  fields.every(({ name, selectionSet }) => {
    const [own, given] = [(thing as Source)[name.value], (reference as Source)[name.value]];
    return selectionSet ? isSame(own, given, selectionSet.selections as readonly FieldNode[]) : own === given;
  });

/** Things as this subgraph has them: without what it is lent, and of the type that it knows them by. */
function sharedOut(value: unknown, known: KnownTypes, typeName: string | null): unknown {
  if (Array.isArray(value)) return value.map((item) => sharedOut(item, known, typeName));
  if (typeof value !== 'object' || value === null) return value;
  const thing = value as Thing;
  const name = typeName ?? thing.__typename;
  const lent = known.get(name)?.lent;
  const own = lent?.size ? Object.fromEntries(Object.entries(thing).filter(([each]) => !lent.has(each))) : thing;
  return { ...own, __typename: name };
}
