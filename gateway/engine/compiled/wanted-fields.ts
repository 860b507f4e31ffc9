/** Field sets, of keys and `@requires`, held against what there is of an object and what a plan tells of it. */
import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { doTypesOverlap, type GraphQLSchema, isCompositeType, Kind, type SelectionSetNode } from 'graphql';
import { type AnswerObject, isObject } from './places.ts';
import { createIsOfType } from './types-in-answers.ts';

/** One field of a set. */
export interface Wanted {
  field: string;
  /** The type that it is of; null where that follows from where it stands. */
  on: string | null;
  inner: readonly Wanted[];
}

export const wantedOf = ({ selections }: SelectionSetNode, on: string | null): Wanted[] =>
  selections.flatMap((selection): Wanted[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return wantedOf(selection.selectionSet, selection.typeCondition?.name.value ?? on);
    const { name, selectionSet } = selection;
    return [{ field: name.value, on, inner: selectionSet ? wantedOf(selectionSet, null) : [] }];
  });

/** Whether an object has every field that is wanted of its type, and so what is in it. */
export function compileHasAll(schema: GraphQLSchema, wanted: readonly Wanted[]): (object: AnswerObject) => boolean {
  const checks = wanted.map(({ field, on, inner }) => {
    const isOfType = on === null ? null : createIsOfType(schema, on);
    const hasInner = inner.length > 0 ? compileHasAll(schema, inner) : null;
    const isWhole = (value: unknown): boolean => {
      if (Array.isArray(value)) return value.every(isWhole);
      return !hasInner || !isObject(value) || hasInner(value);
    };
    return (object: AnswerObject): boolean =>
      (isOfType !== null && !isOfType(object)) || (Object.hasOwn(object, field) && isWhole(object[field]));
  });
  return (object) => checks.every((check) => check(object));
}

/** What is told of an entity without what only others than the `present` ones of `all` want. */
export function toldOf(
  schema: GraphQLSchema,
  selections: readonly QueryPlanSelectionNode[],
  { all, present }: { all: readonly Wanted[]; present: readonly Wanted[] },
  type: string | null = null,
): QueryPlanSelectionNode[] {
  return selections.flatMap((selection): QueryPlanSelectionNode[] => {
    if (selection.kind === 'InlineFragment') {
      const inner = toldOf(schema, selection.selections, { all, present }, selection.typeCondition ?? type);
      // a name alone tells nothing
      const isEmptied = inner.length < selection.selections.length && !inner.some(tellsMore);
      return isEmptied ? [] : [{ ...selection, selections: inner }];
    }
    const isFor = ({ field, on }: Wanted): boolean => field === selection.name && overlap(schema, on, type);
    const [forAll, forPresent] = [all.filter(isFor), present.filter(isFor)];
    if (forAll.length === 0) return [selection];
    if (forPresent.length === 0) return [];
    if (!selection.selections) return [selection];
    const within = { all: forAll.flatMap(innerOf), present: forPresent.flatMap(innerOf) };
    return [{ ...selection, selections: toldOf(schema, selection.selections, within) }];
  });
}

const innerOf = ({ inner }: Wanted): readonly Wanted[] => inner;

const tellsMore = (selection: QueryPlanSelectionNode): boolean =>
  selection.kind === 'InlineFragment' || selection.name !== '__typename';

function overlap(schema: GraphQLSchema, one: string | null, other: string | null): boolean {
  if (one === null || other === null || one === other) return true;
  const [first, second] = [schema.getType(one), schema.getType(other)];
  return isCompositeType(first) && isCompositeType(second) && doTypesOverlap(schema, first, second);
}
