/** Whose field an answer carries, and on what grounds: what a subgraph's definition says of its types. */
import type { FieldAccess } from '../guest-access/effective-access.ts';
import type { Grant } from '../guest-access/grant.ts';
import type { Call } from '../subgraph/call.ts';

export interface Subject {
  /** UUID. */
  student: string;
  /** URN. */
  homeSchool: string;
  /** UUID; null where none was needed, or none is in force. */
  agreement: string | null;
  purpose: string;
  /** Of a guest profile: its UUID, and why each row of the matrix has the access it has. */
  guest: { profile: string; access: ReadonlyMap<string, FieldAccess> } | null;
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

/** A field of a guest profile. */
export const grantedStudent = ({ student, homeSchool, agreement, purpose, profile, access }: Grant): Subject => ({
  student,
  homeSchool,
  agreement,
  purpose,
  guest: { profile, access },
});

type Found = Subject | null | Promise<Subject | null>;

/**
 * Every object type with a field that asks for scopes or a sign-in, and every mutation, says whose it is, or null: of no
 * person. A subgraph that leaves one out does not open.
 */
export interface RecordedTypes<Loaders = unknown> {
  /** By object type: the person of whom its parent object is. */
  subjects: Readonly<Record<string, ((parent: never, call: Call<Loaders>) => Found) | null>>;
  /** By mutation: the person whose record it has changed, from what it answers and what it was given. */
  changes: Readonly<Record<string, ((payload: never, args: never, call: Call<Loaders>) => Found) | null>>;
}
