/** Guest profiles as rows. Row-level security leaves out what the caller does not see. */
import { type RawBuilder, sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import type { DateInterval } from '../../kernel/identifiers/academic-year.ts';
import type { YearGroup } from '../../kernel/identifiers/year-group.ts';
import { type Page, refusedCursor } from '../../kernel/paging.ts';

/** Ids are UUIDs. */
export interface GuestProfileRow {
  id: string;
  homeSchoolUrn: string;
  teachingSchoolUrn: string;
  studentId: string;
  yearGroup: YearGroup | null;
  formName: string;
  startsOn: string | null;
  endsOn: string | null;
  periods: DateInterval[];
  protectedDetails: boolean;
  /** The number on which the home school is called; null: not known. */
  homeTelephone: string | null;
}

export interface GuestProfileFilter {
  homeSchoolUrn?: string | null | undefined;
  teachingSchoolUrn?: string | null | undefined;
  /** UUID; null: an id that does not decode, which no guest is on. */
  courseId?: string | null | undefined;
}

const profileFrom = (guests: RawBuilder<unknown>) => sql<GuestProfileRow>`
  select g.id, g.home_school_urn as "homeSchoolUrn", g.teaching_school_urn as "teachingSchoolUrn",
    g.student_id as "studentId", g.year_group as "yearGroup", f.name as "formName", g.starts_on as "startsOn",
    g.ends_on as "endsOn", g.periods, g.protected_details as "protectedDetails", s.telephone as "homeTelephone"
  from ${guests} g
  join shared_teaching.registration_form f
    on f.teaching_school_urn = g.teaching_school_urn and f.id = g.registration_form_id
  left join shared_teaching.school_site s on s.urn = g.home_school_urn`;

const PROFILE = profileFrom(sql`shared_teaching.guest_profile`);

/** By id; one more than the page holds. */
export async function pageOfGuestProfiles(
  { db }: Session,
  { first, after }: Page,
  filter: GuestProfileFilter,
): Promise<GuestProfileRow[]> {
  if (after !== null) {
    const { rows } = await sql`select from shared_teaching.guest_profile where id = ${after}`.execute(db);
    if (rows.length === 0) throw refusedCursor();
  }
  const conditions = [...conditionsOf(filter), ...(after === null ? [] : [sql<boolean>`g.id > ${after}`])];
  const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
  const { rows } = await sql<GuestProfileRow>`${PROFILE} ${where} order by g.id limit ${first + 1}`.execute(db);
  return rows;
}

/** A guest on a course is one who is enrolled on it where it is taught at the guest's teaching school. */
function conditionsOf({ homeSchoolUrn, teachingSchoolUrn, courseId }: GuestProfileFilter): RawBuilder<boolean>[] {
  const conditions: RawBuilder<boolean>[] = [];
  if (homeSchoolUrn) conditions.push(sql`g.home_school_urn = ${homeSchoolUrn}`);
  if (teachingSchoolUrn) conditions.push(sql`g.teaching_school_urn = ${teachingSchoolUrn}`);
  if (courseId !== undefined)
    conditions.push(sql`exists (
      select from shared_teaching.course_enrolment e
      join shared_teaching.timetable_slot t on t.home_school_urn = e.home_school_urn and t.course_id = e.course_id
      where e.home_school_urn = g.home_school_urn and e.student_id = g.student_id
        and t.school_urn = g.teaching_school_urn and e.course_id = ${courseId}::uuid)`);
  return conditions;
}

export const guestProfilesById = async ({ db }: Session, ids: readonly string[]): Promise<GuestProfileRow[]> =>
  (await sql<GuestProfileRow>`${PROFILE} where g.id = any(${ids}::uuid[])`.execute(db)).rows;

/** Guests of the caller's school, also those whom a teacher does not teach. */
export const guestProfilesInEmergency = async ({ db }: Session, ids: readonly string[]): Promise<GuestProfileRow[]> =>
  (await profileFrom(sql`shared_teaching.emergency_guests(${ids}::uuid[])`).execute(db)).rows;

/** Of the home school's own students only: elsewhere a student's id leads nowhere. */
export async function guestProfilesOfStudents(
  { db, school }: Session,
  studentIds: readonly string[],
): Promise<GuestProfileRow[]> {
  const { rows } = await sql<GuestProfileRow>`
    ${PROFILE} where g.home_school_urn = ${school} and g.student_id = any(${studentIds}::uuid[])
    order by g.id`.execute(db);
  return rows;
}
