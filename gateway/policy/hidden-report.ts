/**
 * `extensions.guestAccess.hidden`: where an answer withheld fields of guest profiles, one entry per field and reason.
 * Subgraphs say which profile and row; the places in the answer are found while it is completed.
 */
import type { GraphQLResolveInfo } from 'graphql';
import type { HiddenField } from '../../subgraphs/kernel/guest-access/hidden-fields.ts';
import type { Reason } from '../../subgraphs/kernel/guest-access/matrix.ts';
import type { GuestRules } from './guest-rules.ts';

interface HiddenEntry {
  field: string;
  reason: Reason;
  paths: (string | number)[][];
}

interface HiddenReport {
  /** To be told of every field of the answer. */
  visit(parent: Readonly<Record<string, unknown>>, value: unknown, info: GraphQLResolveInfo): void;
  entries(): HiddenEntry[];
}

export function createHiddenReport(rules: GuestRules, hidden: readonly HiddenField[]): HiddenReport {
  const byProfile = new Map<unknown, HiddenField[]>();
  for (const each of hidden) byProfile.set(each.guestProfileId, [...(byProfile.get(each.guestProfileId) ?? []), each]);
  const entries = new Map<string, HiddenEntry>();
  /** Items of a list whose inner field is withheld: the item → what is withheld in it. */
  const inside = new Map<unknown, HiddenField>();
  const report = ({ field, reason }: HiddenField, info: GraphQLResolveInfo) => {
    const key = `${field} ${reason}`;
    const entry = entries.get(key) ?? { field, reason, paths: [] };
    entry.paths.push(pathOf(info.path));
    entries.set(key, entry);
  };
  return {
    visit(parent, value, info) {
      if (byProfile.size === 0) return;
      const inner = inside.get(parent);
      if (inner?.field.endsWith(`.${info.fieldName}`)) report(inner, info);
      for (const { row } of rules.guestRowsOf(info.parentType.name, info.fieldName))
        for (const each of byProfile.get(parent.id) ?? []) {
          if (each.field === row) report(each, info);
          else if (each.field.startsWith(`${row}.`) && Array.isArray(value))
            for (const index of each.indexes ?? []) inside.set(value[index], each);
        }
    },
    entries: () => [...entries.values()],
  };
}

const pathOf = (path: GraphQLResolveInfo['path']): (string | number)[] => [
  ...(path.prev ? pathOf(path.prev) : []),
  path.key,
];
