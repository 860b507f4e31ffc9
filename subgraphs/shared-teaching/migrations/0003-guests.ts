import { Migration } from '@mikro-orm/migrations';
import { EITHER_SCHOOL, rowSecurity, YEAR_GROUP_CHECK } from './row-security.ts';

/** Guest profiles with their forms, and what home schools set beside the matrix. */
export class Guests0003 extends Migration {
  override up(): void {
    this.addSql(`
      create table shared_teaching.registration_form (
        teaching_school_urn text not null,
        id uuid not null,
        home_school_urn text not null,
        kind text not null default 'GUEST' check (kind = 'GUEST'),
        year_group text ${YEAR_GROUP_CHECK},
        name text not null check (name <> ''),
        primary key (teaching_school_urn, id),
        unique (teaching_school_urn, name),
        unique nulls not distinct (teaching_school_urn, home_school_urn, year_group)
      )`);
    this.addSql(`
      create table shared_teaching.guest_profile (
        home_school_urn text not null,
        id uuid not null,
        student_id uuid not null,
        teaching_school_urn text not null check (teaching_school_urn <> home_school_urn),
        year_group text ${YEAR_GROUP_CHECK},
        registration_form_id uuid not null,
        starts_on date,
        ends_on date,
        -- the days on which the student is enrolled on a course taught there: [{ startDate, endDate or null }], merged
        periods jsonb not null,
        version integer not null default 1,
        primary key (home_school_urn, id),
        unique (home_school_urn, student_id, teaching_school_urn),
        foreign key (home_school_urn, student_id) references shared_teaching.student (home_school_urn, id),
        foreign key (teaching_school_urn, registration_form_id)
          references shared_teaching.registration_form (teaching_school_urn, id)
      )`);
    // not unique: it would have to lead with the school, as everything that a distributed PostgreSQL shards
    this.addSql('create index guest_profile_id on shared_teaching.guest_profile (id)');
    this.addSql('create index guest_profile_teaching on shared_teaching.guest_profile (teaching_school_urn, id)');
    this.addSql(`
      create table shared_teaching.access_override (
        home_school_urn text not null,
        id uuid not null,
        teaching_school_urn text not null,
        -- null: every guest there
        student_id uuid,
        field text not null,
        access text not null check (access in ('HIDDEN', 'VIEW', 'EDIT')),
        set_by uuid not null,
        set_by_name text not null,
        set_at timestamptz not null,
        ended_by uuid,
        ended_by_name text,
        ended_at timestamptz,
        primary key (home_school_urn, id),
        foreign key (home_school_urn, teaching_school_urn)
          references shared_teaching.partnership (home_school_urn, teaching_school_urn),
        foreign key (home_school_urn, student_id) references shared_teaching.student (home_school_urn, id)
      )`);
    this.addSql(`
      create unique index access_override_active on shared_teaching.access_override
        (home_school_urn, teaching_school_urn, field, student_id) nulls not distinct where ended_at is null`);
    for (const statement of this.rowSecurity()) this.addSql(statement);
  }

  private rowSecurity(): string[] {
    return [
      ...rowSecurity('registration_form', EITHER_SCHOOL),
      ...rowSecurity('guest_profile', GUEST_READABLE),
      ...rowSecurity('student', STUDENT_READABLE),
      ...rowSecurity('access_override', OVERRIDE_READABLE),
    ];
  }
}

/*
 * Policies hold inside a policy's subquery as well: the enrolments that a teacher sees are those on her own rolls, and
 * the guest profiles that she sees are those of the students on them.
 */
const GUEST_READABLE = `${EITHER_SCHOOL} and (kernel.teacher() is null or exists (
  select from shared_teaching.course_enrolment e
  where e.home_school_urn = guest_profile.home_school_urn and e.student_id = guest_profile.student_id))`;

const STUDENT_READABLE = `home_school_urn = kernel.school() and (kernel.teacher() is null or exists (
    select from shared_teaching.course_enrolment e
    where e.home_school_urn = student.home_school_urn and e.student_id = student.id))
  or exists (
    select from shared_teaching.guest_profile g
    where g.home_school_urn = student.home_school_urn and g.student_id = student.id
      and g.teaching_school_urn = kernel.school())`;

/* What was set for one student is seen by a school where the student is a guest; at home also before that. */
const OVERRIDE_READABLE = `${EITHER_SCHOOL} and (
  student_id is null or home_school_urn = kernel.school() and kernel.teacher() is null or exists (
    select from shared_teaching.guest_profile g
    where g.home_school_urn = access_override.home_school_urn and g.student_id = access_override.student_id
      and g.teaching_school_urn = access_override.teaching_school_urn))`;
