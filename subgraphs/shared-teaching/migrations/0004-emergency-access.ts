import { Migration } from '@mikro-orm/migrations';
import { roleOf } from '../../kernel/database/roles.ts';
import { EITHER_SCHOOL, partnersOf } from './row-security.ts';

/** How long what was opened in an emergency can be read. */
const OPEN = "interval '15 minutes'";

/** Who broke the glass: when, why, for whom. Rows are added, and never changed or taken away. */
export class EmergencyAccess0004 extends Migration {
  override up(): void {
    // so that what is opened is of that student at that school, and of no other
    this.addSql(`
      alter table shared_teaching.guest_profile add constraint guest_profile_whole
        unique (home_school_urn, id, teaching_school_urn, student_id)`);
    this.addSql(`
      create table shared_teaching.emergency_access (
        home_school_urn text not null,
        id uuid not null,
        teaching_school_urn text not null check (teaching_school_urn <> home_school_urn),
        student_id uuid not null,
        guest_profile_id uuid not null,
        opened_by uuid not null,
        opened_by_name text not null,
        opened_by_role text not null,
        opened_at timestamptz not null,
        until timestamptz not null check (until = opened_at + ${OPEN}),
        reason text not null check (char_length(reason) between 10 and 500),
        primary key (home_school_urn, id),
        foreign key (home_school_urn, guest_profile_id, teaching_school_urn, student_id)
          references shared_teaching.guest_profile (home_school_urn, id, teaching_school_urn, student_id),
        ${partnersOf('emergency_access')}
      )`);
    this.addSql(`
      create index emergency_access_home on shared_teaching.emergency_access (home_school_urn, opened_at, id)`);
    this.addSql(`
      create index emergency_access_teaching
        on shared_teaching.emergency_access (teaching_school_urn, opened_at, id)`);
    for (const statement of [...EMERGENCY_SECURITY, ...LOOKUPS]) this.addSql(statement);
  }
}

/* Both schools see what was opened, a teacher what she opened; the school that teaches the student opens. */
const OWN_OR_LEAD = '(kernel.teacher() is null or opened_by = kernel.teacher())';

const EMERGENCY_SECURITY = [
  'alter table shared_teaching.emergency_access enable row level security',
  'alter table shared_teaching.emergency_access force row level security',
  `create policy emergency_access_read on shared_teaching.emergency_access for select
   using (${EITHER_SCHOOL} and ${OWN_OR_LEAD})`,
  `create policy emergency_access_insert on shared_teaching.emergency_access for insert
   with check (teaching_school_urn = kernel.school() and ${OWN_OR_LEAD})`,
  `revoke update, delete on shared_teaching.emergency_access from ${roleOf('shared-teaching')}`,
];

/*
 * A teacher sees the guests on her own rolls; in an emergency, one whom she does not teach. The setting that says which is
 * made and taken back inside one statement, so that nothing else of the call is read under it. They run with the
 * caller's rights: of another school's guests there is nothing to see here either.
 */
const LOOKUPS = [
  `create function shared_teaching.looked_up_guests() returns uuid[] language sql stable
   return coalesce(nullif(current_setting('app.looked_up_guests', true), ''), '{}')::uuid[]`,
  `alter policy guest_profile_read on shared_teaching.guest_profile
   using (${EITHER_SCHOOL} and (
     kernel.teacher() is null or student_id = any ((select shared_teaching.students_taught())::uuid[])
     or teaching_school_urn = kernel.school() and id = any (shared_teaching.looked_up_guests())))`,
  `create function shared_teaching.emergency_guests(ids uuid[]) returns setof shared_teaching.guest_profile
   language plpgsql volatile set search_path = '' as $$
   begin
     perform set_config('app.looked_up_guests', ids::text, true);
     return query select g.* from shared_teaching.guest_profile g
       where g.id = any (ids) and g.teaching_school_urn = kernel.school();
     perform set_config('app.looked_up_guests', '', true);
   end $$`,
  `create function shared_teaching.emergency_overrides(ids uuid[]) returns setof shared_teaching.access_override
   language plpgsql volatile set search_path = '' as $$
   begin
     perform set_config('app.looked_up_guests', ids::text, true);
     return query select o.* from shared_teaching.access_override o
       join shared_teaching.guest_profile g
         on g.home_school_urn = o.home_school_urn and g.teaching_school_urn = o.teaching_school_urn
       where g.id = any (ids) and (o.student_id is null or o.student_id = g.student_id);
     perform set_config('app.looked_up_guests', '', true);
   end $$`,
];
