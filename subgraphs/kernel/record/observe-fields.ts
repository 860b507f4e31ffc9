/**
 * Has every call note what it reads of a person and what it changes, whichever resolver does it. What a subgraph's
 * definition says nothing of does not open: nothing of a person is read past the record.
 */
import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import type { UserError } from '../errors.ts';
import type { Call } from '../subgraph/call.ts';
import { requirementOf } from '../subgraph/enforce-scopes.ts';
import { observeQueries, type SoughtOf, soughtBy } from './observe-queries.ts';
import type { RecordedTypes } from './subject.ts';

type Field = GraphQLField<unknown, Call>;

/** Wraps the resolvers, in place. Throws where a type, a mutation, an id or a filter is not declared. */
export function observeFields(schema: GraphQLSchema, types: RecordedTypes): GraphQLSchema {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    if (type === query) observeQueries(type, types);
    else if (type === mutation) observeMutations(type, types);
    else observeType(type, types.subjects);
  }
  return schema;
}

/** Whether some field of it asks for a scope or a sign-in, itself or by its type. */
const isGuarded = (type: GraphQLObjectType): boolean =>
  [type, ...Object.values(type.getFields())].some(({ astNode }) => requirementOf(astNode?.directives).length > 0);

function observeType(type: GraphQLObjectType, subjects: RecordedTypes['subjects']): void {
  if (!isGuarded(type)) return;
  const subject = subjects[type.name];
  if (subject === undefined)
    throw new Error(`The definition's "subjects" must say whose ${type.name} is, or null: of no person.`);
  if (subject === null) return;
  const ofType = requirementOf(type.astNode?.directives).length > 0;
  for (const field of Object.values(type.getFields()))
    if (ofType || requirementOf(field.astNode?.directives).length > 0) observeReading(type.name, field as Field);
}

function observeReading(typeName: string, field: Field): void {
  const coordinate = `${typeName}.${field.name}`;
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (parent, args, call, info) => {
    const { observed } = call;
    const read = <Value>(value: Value): Value => {
      observed.read(typeName, coordinate, parent as object);
      return value;
    };
    const failed = (error: unknown): never => {
      observed.refusedAt(error, coordinate);
      throw error;
    };
    try {
      const value: unknown = resolve(parent, args, call, info);
      return value instanceof Promise ? value.then(read, failed) : read(value);
    } catch (error) {
      return failed(error);
    }
  };
}

function observeMutations(mutation: GraphQLObjectType, { changes, seeks }: RecordedTypes): void {
  for (const field of Object.values(mutation.getFields())) {
    if (changes[field.name] === undefined)
      throw new Error(`The definition's "changes" must say whose record ${field.name} changes, or null: of no person.`);
    observeChange(field as Field, soughtBy(field as Field, seeks));
  }
}

function observeChange(field: Field, soughtOf: SoughtOf | null): void {
  const coordinate = `Mutation.${field.name}`;
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = async (parent, args, call, info) => {
    try {
      const payload = (await resolve(parent, args, call, info)) as { userErrors?: readonly UserError[] } | null;
      const problems = payload?.userErrors ?? [];
      // input that is refused changes nothing
      if (payload && problems.length === 0) call.observed.changed({ field: coordinate, payload, args });
      const sought = soughtOf ? notFoundIn(problems, soughtOf(args)) : [];
      if (sought.length > 0) call.observed.notFound(coordinate, sought);
      return payload;
    } catch (error) {
      call.observed.refusedAt(error, coordinate);
      throw error;
    }
  };
}

const notFoundIn = (problems: readonly UserError[], sought: ReadonlyMap<string, string>): string[] =>
  problems.flatMap(({ code, field }) => (code === 'NOT_FOUND' ? (sought.get(field ?? '') ?? []) : []));
