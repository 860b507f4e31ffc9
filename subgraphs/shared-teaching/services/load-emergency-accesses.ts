/** What was opened in an emergency, as rows. Row-level security leaves out what the caller's school is no party to. */
import { type RawBuilder, sql } from 'kysely';
import type { Role } from '../../kernel/caller.ts';
import type { Session } from '../../kernel/database/transaction.ts';
import { type Page, refusedCursor } from '../../kernel/paging.ts';

/** Ids are UUIDs. */
export interface EmergencyAccessRow {
  id: string;
  homeSchoolUrn: string;
  teachingSchoolUrn: string;
  studentId: string;
  guestProfileId: string;
  openedBy: string;
  openedByName: string;
  openedByRole: Role;
  openedAt: Date;
  until: Date;
  reason: string;
}

const ACCESS = sql`
  select id, home_school_urn as "homeSchoolUrn", teaching_school_urn as "teachingSchoolUrn",
    student_id as "studentId", guest_profile_id as "guestProfileId", opened_by as "openedBy",
    opened_by_name as "openedByName", opened_by_role as "openedByRole", opened_at as "openedAt", until, reason
  from shared_teaching.emergency_access`;

type StoredRow = Omit<EmergencyAccessRow, 'openedAt' | 'until'> & { openedAt: string; until: string };

const rowsOf = async ({ db }: Session, statement: RawBuilder<unknown>): Promise<EmergencyAccessRow[]> => {
  const { rows } = await (statement as RawBuilder<StoredRow>).execute(db);
  return rows.map((row) => ({ ...row, openedAt: new Date(row.openedAt), until: new Date(row.until) }));
};

export const emergencyAccessesById = (session: Session, ids: readonly string[]): Promise<EmergencyAccessRow[]> =>
  rowsOf(session, sql`${ACCESS} where id = any(${ids}::uuid[])`);

/** Newest first; one more than the page holds. */
export async function pageOfEmergencyAccesses(session: Session, { first, after }: Page): Promise<EmergencyAccessRow[]> {
  const [last] = after === null ? [] : await emergencyAccessesById(session, [after]);
  if (after !== null && !last) throw refusedCursor();
  const since = last ? sql`where (opened_at, id) < (${last.openedAt}, ${last.id}::uuid)` : sql``;
  return rowsOf(session, sql`${ACCESS} ${since} order by opened_at desc, id desc limit ${first + 1}`);
}

/** The one of a guest that this person opened and that is still open; null: none is. */
export async function openAccessOf(
  session: Session,
  { guestProfileId, openedBy, openedByRole }: Pick<EmergencyAccessRow, 'guestProfileId' | 'openedBy' | 'openedByRole'>,
): Promise<EmergencyAccessRow | null> {
  const [open] = await rowsOf(
    session,
    sql`${ACCESS} where guest_profile_id = ${guestProfileId} and opened_by = ${openedBy}
      and opened_by_role = ${openedByRole} and until > ${session.now}`,
  );
  return open ?? null;
}
