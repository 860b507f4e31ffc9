/**
 * The types of which a subgraph is told no more than some leaves, as nearly always: their key. What is told of such an
 * object is put together from texts that are the same for all of its type.
 */
import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { AnswerObject } from './places.ts';
import { createIsOfType } from './types-in-answers.ts';

export interface PlainEntity {
  /** The leaf that tells two of them apart, as the answer has it, where it is one; else null. */
  key: string | null;
  /** What a subgraph is told, as JSON text; null where the object lacks a leaf of it. */
  textOf(object: AnswerObject): string | null;
}

interface Told {
  schema: GraphQLSchema;
  /** What a call of a plan requires. */
  selections: readonly QueryPlanSelectionNode[];
  /** The name by which a subgraph knows a field of the plan; null for one that it is not sent. */
  sentAs(name: string): string | null;
  /** Whether a subgraph can tell by a representation which entity it is about. */
  isAskable(representation: AnswerObject): boolean;
}

/** Of a type by its name; null where more has to be looked at. */
export function createPlainEntities(told: Told): (typeName: string) => PlainEntity | null {
  const known = new Map<string, PlainEntity | null>();
  return (typeName) => {
    const kept = known.get(typeName);
    if (kept !== undefined) return kept;
    const made = plainEntityOf(typeName, told);
    // a subgraph may say any name: those of no type are not kept
    if (told.schema.getType(typeName)) known.set(typeName, made);
    return made;
  };
}

function plainEntityOf(typeName: string, { schema, selections, sentAs, isAskable }: Told): PlainEntity | null {
  const holding = selections.filter(
    (each) =>
      each.kind === 'Field' ||
      each.typeCondition === undefined ||
      createIsOfType(schema, each.typeCondition)({ __typename: typeName }),
  );
  const [only] = holding;
  if (holding.length !== 1 || only?.kind !== 'InlineFragment') return null;
  const keys: string[] = [];
  /** By the name under which it is sent the key in the answer; null for the name of the type. */
  const names = new Map<string, string | null>();
  for (const each of only.selections) {
    if (each.kind !== 'Field' || each.selections) return null;
    const [key, name] = [each.alias ?? each.name, sentAs(each.name)];
    if (name === null) continue;
    if (names.has(name) || key in Object.prototype) return null;
    names.set(name, each.name === '__typename' ? null : key);
    if (each.name !== '__typename') keys.push(key);
    else if (each.alias !== undefined) return null;
  }
  if (!names.has('__typename') || !isAskable({ ...Object.fromEntries(names), __typename: typeName })) return null;
  const [key = null, another] = keys;
  return { key: another === undefined ? key : null, textOf: compileText(typeName, names) };
}

function compileText(typeName: string, names: ReadonlyMap<string, string | null>): PlainEntity['textOf'] {
  const leaves: { before: string; key: string }[] = [];
  let [text, separator] = ['{', ''];
  for (const [name, key] of names) {
    text += `${separator}${JSON.stringify(name)}:`;
    separator = ',';
    if (key === null) text += JSON.stringify(typeName);
    else {
      leaves.push({ before: text, key });
      text = '';
    }
  }
  const end = `${text}}`;
  return (object) => {
    let written = '';
    for (const { before, key } of leaves) {
      const value = object[key];
      if (value === undefined) return null;
      written += before + JSON.stringify(value);
    }
    return written + end;
  };
}
