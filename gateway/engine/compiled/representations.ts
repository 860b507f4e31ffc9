/** From an object of the answer to what a subgraph is told of it: its type, its keys, and what `@requires` names. */
import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { mergeInto } from './merge.ts';
import { type AnswerObject, isObject } from './places.ts';
import { createIsOfType } from './types-in-answers.ts';

/** Null where the object lacks a field: then the subgraph is not asked about it. */
export type Represent = (object: AnswerObject) => AnswerObject | null;

/** `sentAs`: the name by which a subgraph knows a field of the plan; null for one that it is not sent. */
export function compileRepresentation(
  schema: GraphQLSchema,
  selections: readonly QueryPlanSelectionNode[],
  sentAs: (name: string) => string | null,
): Represent {
  const represent = compileSelections(schema, selections, sentAs);
  return (object) => {
    const representation = represent(object);
    return representation && typeof representation.__typename === 'string' ? representation : null;
  };
}

/** Adds to a representation. False where the object lacks the field. */
type Write = (object: AnswerObject, representation: AnswerObject) => boolean;

function compileSelections(
  schema: GraphQLSchema,
  selections: readonly QueryPlanSelectionNode[],
  sentAs: (name: string) => string | null,
): Represent {
  const writes = selections.flatMap((selection): Write[] => {
    if (selection.kind === 'InlineFragment') {
      const inner = compileSelections(schema, selection.selections, sentAs);
      return [selection.typeCondition ? ofType(schema, selection.typeCondition, inner) : merged(inner)];
    }
    const name = sentAs(selection.name);
    if (name === null) return [];
    const inner = selection.selections && compileSelections(schema, selection.selections, sentAs);
    return [field(selection.alias ?? selection.name, name, inner)];
  });
  return (object) => {
    const representation: AnswerObject = {};
    for (const write of writes) if (!write(object, representation)) return null;
    return representation;
  };
}

function ofType(schema: GraphQLSchema, condition: string, inner: Represent): Write {
  const [isOfType, write] = [createIsOfType(schema, condition), merged(inner)];
  return (object, representation) => !isOfType(object) || write(object, representation);
}

/** What lacks a field of a fragment has nothing of the fragment: keys of another type may do. */
const merged =
  (inner: Represent): Write =>
  (object, representation) => {
    const more = inner(object);
    if (more) mergeInto(representation, more);
    return true;
  };

const field =
  (key: string, name: string, inner: Represent | undefined): Write =>
  (object, representation) => {
    const value = object[key];
    if (value === undefined || !Object.hasOwn(object, key)) return false;
    const told = inner ? represented(value, inner) : value;
    if (told === undefined) return false;
    representation[name] = told;
    return true;
  };

/** Undefined where an object in it lacks a field: it is not told of as if there were none. */
function represented(value: unknown, inner: Represent): unknown {
  if (!isObject(value)) return null;
  if (!Array.isArray(value)) return inner(value) ?? undefined;
  const items = value.map((item) => represented(item, inner));
  return items.includes(undefined) ? undefined : items;
}
