/**
 * What a subgraph's answer withheld, per profile, field and reason. The gateway finds the places in the answer. It is
 * the same whether or not the record holds a value.
 */
import type { Reason } from './matrix.ts';

export interface HiddenField {
  /** The id, as in the graph, of the guest profile, or of the emergency access by which the guest is read. */
  guestProfileId: string;
  /** Row of the matrix, or `emergencyContacts.phone`. */
  field: string;
  reason: Reason;
  /** For a field inside a list (`emergencyContacts.phone`): the places in that list. */
  indexes?: number[];
}

export interface HiddenFields {
  add(field: HiddenField): void;
  /** Whether the row was withheld of the profile (its id as in the graph). */
  has(guestProfileId: string, field: string): boolean;
  list(): HiddenField[];
}

export function createHiddenFields(): HiddenFields {
  const fields = new Map<string, HiddenField>();
  const withheld = new Map<string, Set<string>>();
  return {
    add(field) {
      const rows = withheld.get(field.guestProfileId) ?? new Set();
      withheld.set(field.guestProfileId, rows.add(field.field));
      fields.set(`${field.guestProfileId} ${field.field} ${field.reason}`, field);
    },
    has: (guestProfileId, field) => withheld.get(guestProfileId)?.has(field) === true,
    list: () => [...fields.values()],
  };
}
