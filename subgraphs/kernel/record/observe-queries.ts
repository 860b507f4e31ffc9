/** Has every query note which ids it found nothing by, and what its filter tells of everybody it lists. */
import {
  defaultFieldResolver,
  type GraphQLField,
  GraphQLID,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { decodeId } from '../ids.ts';
import type { Call } from '../subgraph/call.ts';
import type { RecordedTypes } from './subject.ts';

type Field = GraphQLField<unknown, Call>;
type Arguments = Readonly<Record<string, unknown>>;

/** Wraps the resolvers, in place. Throws where an id or a filter is not declared. */
export function observeQueries(query: GraphQLObjectType, { subjects, seeks, tells }: RecordedTypes): void {
  for (const field of Object.values(query.getFields())) {
    // federation's own
    if (field.name.startsWith('_')) continue;
    const soughtOf = soughtBy(field as Field, seeks);
    const listed = listedType(field.type);
    const isOfPersons = listed !== null && (subjects[listed] ?? null) !== null;
    const told = tells[field.name];
    if (isOfPersons && !told && field.args.some(({ name }) => !PAGE.has(name)))
      throw new Error(`The definition's "tells" must say what the arguments of ${field.name} tell of whom it lists.`);
    if (soughtOf) observeSearch(field as Field, soughtOf);
    if (listed !== null && told) observeFilter(field as Field, listed, told);
  }
}

const PAGE: ReadonlySet<string> = new Set(['first', 'after']);

/** UUIDs by argument, or by the input's field: what does not decode may be anything, and is left out. */
export type SoughtOf = (args: Arguments) => ReadonlyMap<string, string>;

/** Null for a field that takes no id of a person's. Throws where one is not declared. */
export function soughtBy({ name: field, args }: Field, seeks: RecordedTypes['seeks']): SoughtOf | null {
  const declared = seeks[field] ?? {};
  for (const id of args.flatMap(({ name, type }) => idsOf(name, type)))
    if (declared[id] === undefined)
      throw new Error(
        `The definition's "seeks" must say of what kind "${id}" of ${field} is, or null: of no person's.`,
      );
  const kinds = Object.entries(declared).flatMap(([name, kind]) => (kind === null ? [] : [{ name, kind }]));
  if (kinds.length === 0) return null;
  return (given) => {
    const input = { ...given, ...(given.input as Arguments | undefined) };
    return new Map(
      kinds.flatMap(({ name, kind }) => {
        const uuid = typeof input[name] === 'string' ? decodeId(kind, input[name]) : null;
        return uuid === null ? [] : [[name, uuid] as const];
      }),
    );
  };
}

function idsOf(name: string, type: GraphQLInputType): string[] {
  const named = getNamedType(type);
  if (named === GraphQLID) return [name];
  if (name !== 'input' || !isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((each) => (getNamedType(each.type) === GraphQLID ? [each.name] : []));
}

/** Of a connection: the type of its nodes. */
function listedType(type: GraphQLOutputType): string | null {
  const named = getNamedType(type);
  const nodes = isObjectType(named) ? named.getFields().nodes : undefined;
  return nodes ? getNamedType(nodes.type).name : null;
}

function observeSearch(field: Field, soughtOf: SoughtOf): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = async (parent, args, call, info) => {
    const found: unknown = await resolve(parent, args, call, info);
    const sought = [...soughtOf(args).values()];
    // one answer, and one row, for what is absent and for what is another's
    if (found === null && sought.length > 0) call.observed.notFound(`Query.${field.name}`, sought);
    return found;
  };
}

function observeFilter(field: Field, type: string, told: RecordedTypes['tells'][string]): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = async (parent, args, call, info) => {
    const found = (await resolve(parent, args, call, info)) as { nodes: readonly object[] };
    for (const coordinate of told(args as never))
      for (const node of found.nodes) call.observed.read(type, coordinate, node);
    return found;
  };
}
