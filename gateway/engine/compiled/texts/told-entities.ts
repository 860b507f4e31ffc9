/** What a subgraph is told of an entity, written from leaves as they stand in another subgraph's answer. */
import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { NotInTexts } from './not-in-texts.ts';

export interface ToldEntity {
  type: string;
  /** The response keys of the leaves that are told, in their order. */
  leaves: readonly string[];
  /** What tells two of them apart: the leaves, as JSON text. */
  keyOf(leaves: readonly string[]): string;
  representationOf(key: string): string;
}

/** Throws NotInTexts where it is told more than leaves of one type. */
export function toldEntity(selections: readonly QueryPlanSelectionNode[]): ToldEntity {
  const [only] = selections;
  if (selections.length !== 1 || only?.kind !== 'InlineFragment' || only.typeCondition === undefined)
    throw new NotInTexts('entities of several types');
  const type = only.typeCondition;
  const leaves: string[] = [];
  // what stands before the first leaf, between two of them, and behind the last
  const between = ['{'];
  const add = (text: string): void => {
    between.push((between.pop() ?? '') + text);
  };
  let isNamed = false;
  for (const [index, each] of only.selections.entries()) {
    if (each.kind !== 'Field' || each.selections || each.alias !== undefined)
      throw new NotInTexts('entities that are told by more than leaves');
    add(`${index > 0 ? ',' : ''}"${each.name}":`);
    if (each.name === '__typename') {
      add(`"${type}"`);
      isNamed = true;
    } else {
      leaves.push(each.name);
      between.push('');
    }
  }
  add('}');
  if (!isNamed || leaves.length === 0) throw new NotInTexts('entities without a key');
  const [before = '', ...others] = between;
  const after = others.at(-1) ?? '';
  return {
    type,
    leaves,
    keyOf: ([first = '', ...more]) => more.reduce((key, leaf, index) => `${key}${others[index]}${leaf}`, first),
    representationOf: (key) => `${before}${key}${after}`,
  };
}
