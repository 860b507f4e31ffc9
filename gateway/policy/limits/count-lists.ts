import type { Tally } from './tally.ts';

/** The lists in a request's variables, as they came, at any depth. Throws OverLimit. */
export function countLists(variables: unknown, tally: Tally): void {
  // a stack of its own: JSON may be nested deeper than calls can be
  const open: unknown[] = [variables];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) tally.reach('list', value.length);
    for (const each of Object.values(value)) open.push(each);
  }
}
