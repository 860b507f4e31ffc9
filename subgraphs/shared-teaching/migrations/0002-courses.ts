import { Migration } from '@mikro-orm/migrations';
import { TEACHER_MARGIN_DAYS } from '../../kernel/guest-access/teacher-margin.ts';
import { EITHER_SCHOOL, partnersOf, rowSecurity, YEAR_GROUP_CHECK } from './row-security.ts';

/** Students (a projection: no name, no number), courses, where and by whom they are taught, and who takes them. */
export class Courses0002 extends Migration {
  override up(): void {
    this.addSql(`
      create table shared_teaching.student (
        home_school_urn text not null,
        id uuid not null,
        year_group text ${YEAR_GROUP_CHECK},
        protected_details boolean not null,
        roll_status text not null check (roll_status in ('ON_ROLL', 'OFF_ROLL')),
        left_on date,
        version integer not null,
        primary key (home_school_urn, id)
      )`);
    this.addSql(`
      create table shared_teaching.course (
        home_school_urn text not null,
        id uuid not null,
        name text not null check (length(name) between 1 and 200),
        subject text not null check (length(subject) between 1 and 200),
        -- of the last teaching-roll.changed
        roll_version integer not null default 0,
        version integer not null default 1,
        primary key (home_school_urn, id)
      )`);
    this.addSql(`
      create table shared_teaching.timetable_slot (
        home_school_urn text not null,
        id uuid not null,
        course_id uuid not null,
        -- where it is taught
        school_urn text not null,
        weekday text not null
          check (weekday in ('MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY')),
        starts_at time not null,
        ends_at time not null check (ends_at > starts_at),
        from_date date not null,
        to_date date not null check (to_date >= from_date),
        teacher_id uuid,
        teacher_name text check ((teacher_name is null) = (teacher_id is null)),
        primary key (home_school_urn, id),
        foreign key (home_school_urn, course_id) references shared_teaching.course (home_school_urn, id)
      )`);
    this.addSql('create index timetable_slot_course on shared_teaching.timetable_slot (home_school_urn, course_id)');
    this.addSql('create index timetable_slot_school on shared_teaching.timetable_slot (school_urn, teacher_id)');
    this.addSql(`
      create table shared_teaching.course_push (
        home_school_urn text not null,
        id uuid not null,
        course_id uuid not null,
        teaching_school_urn text not null check (teaching_school_urn <> home_school_urn),
        -- the guests' at the teaching school; null: as at home
        year_group text ${YEAR_GROUP_CHECK},
        pushed_at timestamptz not null,
        version integer not null default 1,
        primary key (home_school_urn, id),
        unique (home_school_urn, course_id, teaching_school_urn),
        foreign key (home_school_urn, course_id) references shared_teaching.course (home_school_urn, id),
        ${partnersOf('course_push')}
      )`);
    this.addSql('create index course_push_teaching on shared_teaching.course_push (teaching_school_urn)');
    this.addSql(`
      create table shared_teaching.course_enrolment (
        home_school_urn text not null,
        id uuid not null,
        course_id uuid not null,
        student_id uuid not null,
        start_date date not null,
        -- the day before its first day, where it was called off before it began
        end_date date check (end_date >= start_date - 1),
        version integer not null default 1,
        primary key (home_school_urn, id),
        foreign key (home_school_urn, course_id) references shared_teaching.course (home_school_urn, id),
        foreign key (home_school_urn, student_id) references shared_teaching.student (home_school_urn, id)
      )`);
    this.addSql(
      'create index course_enrolment_course on shared_teaching.course_enrolment (home_school_urn, course_id)',
    );
    this.addSql(
      'create index course_enrolment_student on shared_teaching.course_enrolment (home_school_urn, student_id)',
    );
    for (const statement of this.rowSecurity()) this.addSql(statement);
  }

  private rowSecurity(): string[] {
    return [
      ...rowSecurity(
        'course',
        `home_school_urn = kernel.school() or exists (
           select from shared_teaching.course_push p
           where p.home_school_urn = course.home_school_urn and p.course_id = course.id
             and p.teaching_school_urn = kernel.school())`,
      ),
      ...rowSecurity('timetable_slot', 'kernel.school() in (home_school_urn, school_urn)'),
      ...rowSecurity('course_push', EITHER_SCHOOL),
      ...rowSecurity('course_enrolment', ENROLMENT_READABLE),
    ];
  }
}

/*
 * At home all; elsewhere those on courses that have slots there. A teacher, at either: those on her own rolls, from
 * two weeks before the first to two weeks after the last day on which she can have the student in a lesson.
 */
const ENROLMENT_READABLE = `
  case when kernel.teacher() is null then
    home_school_urn = kernel.school() or exists (
      select from shared_teaching.timetable_slot s
      where s.home_school_urn = course_enrolment.home_school_urn and s.course_id = course_enrolment.course_id
        and s.school_urn = kernel.school())
  else exists (
    select from shared_teaching.timetable_slot s
    where s.home_school_urn = course_enrolment.home_school_urn and s.course_id = course_enrolment.course_id
      and s.school_urn = kernel.school() and s.teacher_id = kernel.teacher()
      and greatest(s.from_date, start_date) <= least(s.to_date, end_date)
    having min(greatest(s.from_date, start_date)) - ${TEACHER_MARGIN_DAYS} <= kernel.today()
      and kernel.today() <= max(least(s.to_date, end_date)) + ${TEACHER_MARGIN_DAYS})
  end`;
