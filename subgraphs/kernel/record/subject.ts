/** Whose field an answer carries, and on what grounds: what a subgraph's definition says of its types. */
import type { FieldAccess } from '../guest-access/effective-access.ts';
import type { Grant } from '../guest-access/grant.ts';
import { guestId } from '../guest-access/guest-id.ts';
import type { IdKind } from '../ids.ts';
import type { Call } from '../subgraph/call.ts';

export interface Subject {
  /** UUID; null for a change that is about whoever is a guest. */
  student: string | null;
  /** URN. */
  homeSchool: string;
  /** UUID; null where none was needed, or none is in force. */
  agreement: string | null;
  purpose: string;
  /** Of a guest: the id, as in the graph, by which what is withheld is told, and why each row has the access it has. */
  guest: { id: string; access: ReadonlyMap<string, FieldAccess> } | null;
  /** Of a change of what a teaching school has: its URN, and the rows of the guest matrix that were set. */
  teachingSchool?: string;
  rows?: readonly string[];
  /** A mutation that found its work done already has written nothing. */
  onlyRead?: boolean;
}

export const OWN_RECORD_PURPOSE = 'The home school’s own record';

/** A field of the home record, read or written by its own school. */
export const ownStudent = (student: string, homeSchool: string): Subject => ({
  student,
  homeSchool,
  agreement: null,
  purpose: OWN_RECORD_PURPOSE,
  guest: null,
});

/** A field of a guest. */
export const grantedStudent = (grant: Grant): Subject => {
  const { student, homeSchool, agreement, purpose, access } = grant;
  return { student, homeSchool, agreement, purpose, guest: { id: guestId(grant), access } };
};

type Found = Subject | null | Promise<Subject | null>;

/**
 * Every object type with a field that asks for scopes or a sign-in, and every mutation, says whose it is, or null: of no
 * person. A subgraph that leaves one out does not open.
 */
export interface RecordedTypes<Loaders = unknown> {
  /** By object type: the person of whom its parent object is. */
  subjects: Readonly<Record<string, ((parent: never, call: Call<Loaders>) => Found) | null>>;
  /** By mutation: the person whose record it has changed, from what it answers and what it was given. */
  changes: Readonly<
    Record<string, ((payload: never, args: never, call: Call<Loaders>) => Found | Promise<readonly Subject[]>) | null>
  >;
  /**
   * By query or mutation: of what kind each of its ids is, by the argument or the input's field. Null: of no person's.
   * One that is not found is on record, so that trying ids is seen.
   */
  seeks: Readonly<Record<string, Readonly<Record<string, IdKind | null>>>>;
  /**
   * By query that has arguments beside a page and an id: which fields of a person they tell of each that is listed, as a
   * filter does.
   */
  tells: Readonly<Record<string, (args: never) => readonly string[]>>;
}
