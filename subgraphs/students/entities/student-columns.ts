/** A student's row as it is read: every column under its property's name, in the one order of this list. */
import { type RawBuilder, sql } from 'kysely';
import type { StudentRow } from '../domain/student-record.ts';
import { columnOf } from './student-lists.ts';

const PROPERTIES = [
  'homeSchoolUrn',
  'id',
  'legalFirstName',
  'legalLastName',
  'preferredFirstName',
  'preferredLastName',
  'sex',
  'dateOfBirth',
  'upn',
  'formerUpns',
  'uci',
  'uln',
  'yearGroup',
  'registrationForm',
  'rollStatus',
  'joinedOn',
  'leftOn',
  'protectedDetails',
  'addressLines',
  'postcode',
  'senStatus',
  'supportStrategies',
  'freeSchoolMealsEligible',
  'inCareNow',
] as const satisfies readonly (keyof StudentRow)[];

/** `s` is `students.student`. Whether there is a picture is asked here, its bytes only when it is fetched. */
export const STUDENT_COLUMNS: RawBuilder<StudentRow> = sql<StudentRow>`${sql.join(
  PROPERTIES.map((property) => sql`s.${sql.ref(columnOf(property))} as ${sql.ref(property)}`),
)}, exists (select from students.picture p where p.home_school_urn = s.home_school_urn and p.student_id = s.id) as "hasPicture"`;

/**
 * The caller's own students, and of a teacher's only those whom she teaches: row-level security without what grants add,
 * since a call may bring grants for guest profiles beside.
 */
export const OWN_STUDENTS: RawBuilder<boolean> = sql<boolean>`s.home_school_urn = kernel.school()
  and (kernel.teacher() is null or s.id in (select students.taught_today()))`;
