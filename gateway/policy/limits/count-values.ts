/** Counts in values, as they came: how long lists are, and how deep lists and objects are in each other. */
import { type DocumentNode, Kind, type ListValueNode, type ObjectValueNode, visit } from 'graphql';
import type { Tally } from './tally.ts';

/** The literals of a text, its variables' defaults among them. Throws OverLimit. */
export function countLiterals(document: DocumentNode, tally: Tally): void {
  let depth = 0;
  const enter = (value: ListValueNode | ObjectValueNode): void => {
    depth += 1;
    tally.reach('valueDepth', depth);
    if (value.kind === Kind.LIST) tally.reach('list', value.values.length);
  };
  const leave = (): void => {
    depth -= 1;
  };
  visit(document, { ListValue: { enter, leave }, ObjectValue: { enter, leave } });
}

/** The values of a request's variables. Throws OverLimit. */
export function countVariables(variables: unknown, tally: Tally): void {
  // a stack of its own: JSON may be nested deeper than calls can be. The object of all variables is no level of theirs
  const open: { value: unknown; depth: number }[] = [{ value: variables, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    tally.reach('valueDepth', depth);
    if (Array.isArray(value)) tally.reach('list', value.length);
    for (const each of Object.values(value)) open.push({ value: each, depth: depth + 1 });
  }
}
