import type { Call } from '../kernel/subgraph/call.ts';
import type { Loaders } from './loaders.ts';

/** What a resolver and a service of this subgraph are handed: one call, with its loaders. */
export type Context = Call<Loaders>;

export type {
  AbsenceNoteRow,
  EvidenceRow,
  PinnedItemRow,
  Stamp,
  StudentRow,
} from './domain/student-record.ts';
export type { SchoolRow } from './entities/school-columns.ts';
