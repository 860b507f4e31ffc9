/** One row of the record of reading: who read which fields of whom, and under which agreement. It holds no value. */
import { createHmac, type KeyObject } from 'node:crypto';
import type { Caller } from '../caller.ts';
import { POLICY_VERSION } from '../guest-access/grant.ts';
import { newUuid } from '../ids.ts';

type Outcome = 'READ' | 'WROTE' | 'REFUSED';

/** What makes a reading worth a look: read without an agreement to save a life, or by breaking the glass. */
export type Flag = 'VITAL_INTERESTS' | 'BREAK_GLASS';

/** Students of whom the same was read, on the same grounds. */
export interface RecordedReading {
  /** URN. */
  homeSchool: string;
  /** UUIDs; none where a change is about whoever is a guest, now or later. */
  students: readonly string[];
  /** URN, and rows of the guest matrix: where, and of what, a change of the home school's makes data flow. */
  teachingSchool?: string;
  rows?: readonly string[];
  /** `GuestProfile.emergencyContacts`; for a change the mutation's own name, `Mutation.updateStudent`. */
  fields: readonly string[];
  /** UUID; null where the home school read, or no agreement was in force. */
  agreement: string | null;
  purpose: string;
  flags: readonly Flag[];
}

export interface RecordedRefusal {
  code: string;
  /** The schema's name of what was refused: `GuestProfile.upn`, or a field's own name where its type is not known. */
  field: string | null;
  /** Rows of the guest matrix, or input fields, that the refusal names. */
  rows: readonly string[];
  /** UUIDs of the guest profiles that a refused write named. */
  profiles: readonly string[];
  /** UUIDs that were asked for and not found, there or not: what kind they are the field says. */
  sought?: readonly string[];
}

/** Which request of which operation. */
export interface RecordedOperation {
  /** UUID that the gateway made for the request. */
  id: string;
  /** As its client named it. */
  name: string | null;
}

/** A row as it stands in `audit.reading`. */
export interface RecordRow {
  /** UUID. */
  id: string;
  /** ISO 8601, UTC, with microseconds. */
  at: string;
  /** The subgraph, or `gateway`. */
  writer: string;
  outcome: Outcome;
  request: string | null;
  operation: string | null;
  subject: string;
  kind: string;
  role: string;
  /** URN of the caller's organisation; null for one who is at none. */
  school: string | null;
  clientName: string | null;
  clientVersion: string | null;
  /** UUID of the app grant that an app called by, and the purpose that the school gave it for; null of persons. */
  appGrant: string | null;
  appPurpose: string | null;
  policy: string;
  /** UUIDs, each once. */
  students: readonly string[];
  readings: readonly RecordedReading[];
  refusals: readonly RecordedRefusal[];
}

interface RowContents extends Pick<RecordRow, 'writer' | 'outcome'> {
  caller: Caller;
  operation: RecordedOperation | null;
  now: Date;
  readings?: readonly RecordedReading[];
  refusals?: readonly RecordedRefusal[];
}

export function recordRow(contents: RowContents): RecordRow {
  const { writer, outcome, caller, operation, now, readings = [], refusals = [] } = contents;
  return {
    id: newUuid(),
    at: now.toISOString().replace('Z', '000Z'),
    writer,
    outcome,
    request: operation?.id ?? null,
    // its client may name it as it likes
    operation: operation?.name?.slice(0, 200) ?? null,
    subject: caller.subject,
    kind: caller.kind,
    role: caller.role,
    school: caller.school,
    clientName: caller.client?.name ?? null,
    clientVersion: caller.client?.version ?? null,
    appGrant: caller.grant?.id ?? null,
    appPurpose: caller.grant?.purpose ?? null,
    policy: POLICY_VERSION,
    students: [...new Set(readings.flatMap(({ students }) => students))],
    readings,
    refusals,
  };
}

/** HMAC-SHA256 over all that a row says. `key`: its writer's (`recordKeyOf`). */
export const macOf = (key: KeyObject, row: RecordRow): Buffer =>
  createHmac('sha256', key).update(canonical(row)).digest();

/** The same text for the same row, however its JSON came back from the database. */
const canonical = (row: RecordRow): string =>
  JSON.stringify(
    [...COLUMNS, ...appColumnsOf(row)].map((column) => row[column]),
    (_key, value: unknown) => (isRecord(value) ? Object.fromEntries(Object.entries(value).sort(byName)) : value),
  );

/** Rows of persons have the text that they had before apps were known, and keep their signatures. */
const appColumnsOf = ({ appGrant, appPurpose }: RecordRow): readonly (keyof RecordRow)[] =>
  appGrant === null && appPurpose === null ? [] : ['appGrant', 'appPurpose'];

const COLUMNS = [
  'id',
  'at',
  'writer',
  'outcome',
  'request',
  'operation',
  'subject',
  'kind',
  'role',
  'school',
  'clientName',
  'clientVersion',
  'policy',
  'students',
  'readings',
  'refusals',
] as const satisfies readonly (keyof RecordRow)[];

const byName = ([one]: [string, unknown], [other]: [string, unknown]): number => (one < other ? -1 : 1);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
