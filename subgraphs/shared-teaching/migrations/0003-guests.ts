import { Migration } from '@mikro-orm/migrations';
import { EITHER_SCHOOL, partnersOf, rowSecurity, YEAR_GROUP_CHECK } from './row-security.ts';

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
        unique nulls not distinct (teaching_school_urn, home_school_urn, year_group),
        ${partnersOf('registration_form')}
      )`);
    this.addSql(`
      create table shared_teaching.guest_profile (
        home_school_urn text not null,
        id uuid not null,
        student_id uuid not null,
        teaching_school_urn text not null check (teaching_school_urn <> home_school_urn),
        year_group text ${YEAR_GROUP_CHECK},
        registration_form_id uuid not null,
        -- the student's, so that no teaching school needs to read the student's row
        protected_details boolean not null,
        starts_on date,
        ends_on date,
        -- the days on which the student is enrolled on a course taught there: [{ startDate, endDate or null }], merged
        periods jsonb not null,
        version integer not null default 1,
        primary key (home_school_urn, id),
        unique (home_school_urn, student_id, teaching_school_urn),
        foreign key (home_school_urn, student_id) references shared_teaching.student (home_school_urn, id),
        foreign key (teaching_school_urn, registration_form_id)
          references shared_teaching.registration_form (teaching_school_urn, id),
        ${partnersOf('guest_profile')}
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
        ${partnersOf('access_override')},
        foreign key (home_school_urn, student_id) references shared_teaching.student (home_school_urn, id)
      )`);
    this.addSql(`
      create unique index access_override_active on shared_teaching.access_override
        (home_school_urn, teaching_school_urn, field, student_id) nulls not distinct where ended_at is null`);
    for (const statement of this.functions()) this.addSql(statement);
    for (const statement of this.rowSecurity()) this.addSql(statement);
  }

  /*
   * PL/pgSQL, because it keeps its plans: policies that nest subqueries are planned anew with every statement, which took
   * longer than to run it. They run with the caller's rights, so the policies of the tables that they read hold.
   */
  private functions(): string[] {
    return [
      `create function shared_teaching.students_taught() returns uuid[] language plpgsql stable set search_path = '' as $$
       begin
         return (
           select array_agg(e.student_id) from shared_teaching.timetable_slot s
           join shared_teaching.course_enrolment e
             on e.home_school_urn = s.home_school_urn and e.course_id = s.course_id
           where s.school_urn = kernel.school() and s.teacher_id = kernel.teacher());
       end $$`,
      `create function shared_teaching.sees_guest(home text, teaching text, student uuid) returns boolean
       language plpgsql stable set search_path = '' as $$
       begin
         return exists (
           select from shared_teaching.guest_profile g
           where g.home_school_urn = home and g.teaching_school_urn = teaching and g.student_id = student);
       end $$`,
    ];
  }

  private rowSecurity(): string[] {
    return [
      ...rowSecurity('registration_form', EITHER_SCHOOL),
      ...rowSecurity('guest_profile', `${EITHER_SCHOOL} and ${teaches('student_id')}`),
      ...rowSecurity('student', `home_school_urn = kernel.school() and ${teaches('id')}`),
      ...rowSecurity('access_override', OVERRIDE_READABLE),
    ];
  }
}

/* The enrolments that a teacher sees are those on her own rolls, and the students that she sees are those on them. */
const teaches = (student: string): string =>
  `(kernel.teacher() is null or ${student} = any ((select shared_teaching.students_taught())::uuid[]))`;

/* What was set for one student is seen by a school where the student is a guest; at home also before that. */
const OVERRIDE_READABLE = `${EITHER_SCHOOL} and (
  student_id is null or home_school_urn = kernel.school() and kernel.teacher() is null
  or shared_teaching.sees_guest(home_school_urn, teaching_school_urn, student_id))`;
