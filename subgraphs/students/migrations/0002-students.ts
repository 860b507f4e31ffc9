import { Migration } from '@mikro-orm/migrations';
import { TEACHER_MARGIN_DAYS } from '../../kernel/guest-access/teacher-margin.ts';
import { rowSecurity, schoolSecurity } from './row-security.ts';

/** Students, and what this subgraph keeps of shared-teaching's events: who teaches whom at home, names of guest forms. */
export class Students0002 extends Migration {
  override up(): void {
    for (const statement of [
      TAUGHT_COURSE,
      TAUGHT_STUDENT,
      GUEST_FORM_NAME,
      ...['taught_course', 'taught_student', 'guest_form_name'].flatMap(schoolSecurity),
      TAUGHT_TODAY,
      STUDENT,
      'create index student_by_name on students.student (home_school_urn, name_key, id)',
      ...rowSecurity('student', { student: 'id', guests: 'all' }),
    ])
      this.addSql(statement);
  }
}

const TAUGHT_COURSE = `create table students.taught_course (
  school_urn text not null,
  course_id uuid not null,
  version integer not null,
  primary key (school_urn, course_id)
)`;

const TAUGHT_STUDENT = `create table students.taught_student (
  school_urn text not null,
  course_id uuid not null,
  teacher_id uuid not null,
  student_id uuid not null,
  first_lesson date not null,
  last_lesson date,
  primary key (school_urn, teacher_id, student_id, course_id)
)`;

const GUEST_FORM_NAME = `create table students.guest_form_name (
  school_urn text not null,
  form_id uuid not null,
  name text not null,
  primary key (school_urn, form_id)
)`;

/** A teacher prepares before the first lesson and reports after the last: two weeks each. */
const TAUGHT_TODAY = `create function students.taught_today() returns setof uuid language sql stable
  begin atomic
    select student_id from students.taught_student
    where school_urn = kernel.school() and teacher_id = kernel.teacher()
      and kernel.today() between first_lesson - ${TEACHER_MARGIN_DAYS}
        and coalesce(last_lesson, 'infinity') + ${TEACHER_MARGIN_DAYS};
  end`;

/** `name_key` is what lists are sorted by. A UPN stands once at a school (census error 1520). */
const STUDENT = `create table students.student (
  home_school_urn text not null references students.school (urn),
  id uuid not null,
  legal_first_name text not null check (legal_first_name <> ''),
  legal_last_name text not null check (legal_last_name <> ''),
  preferred_first_name text check (preferred_first_name <> ''),
  preferred_last_name text check (preferred_last_name <> ''),
  sex text not null check (sex in ('FEMALE', 'MALE')),
  date_of_birth date not null,
  upn text,
  former_upns text[] not null default '{}',
  uci text,
  uln text,
  year_group text check (year_group in
    ('N1', 'N2', 'R', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14', 'X')),
  registration_form text check (registration_form <> ''),
  roll_status text not null check (roll_status in ('ON_ROLL', 'OFF_ROLL')),
  joined_on date not null,
  left_on date check (left_on >= joined_on),
  protected_details boolean not null default false,
  address_lines text[] check (array_length(address_lines, 1) between 1 and 5),
  postcode text,
  sen_status text check (sen_status in ('NONE', 'SEN_SUPPORT', 'EHC_PLAN')),
  support_strategies text[] not null default '{}',
  free_school_meals_eligible boolean,
  in_care_now boolean,
  changed_at timestamptz not null,
  version integer not null default 1,
  name_key text not null generated always as (
    lower(coalesce(preferred_last_name, legal_last_name)) || chr(1)
    || lower(coalesce(preferred_first_name, legal_first_name))) stored,
  primary key (home_school_urn, id),
  constraint student_upn_once unique (home_school_urn, upn),
  check ((roll_status = 'OFF_ROLL') = (left_on is not null))
)`;
