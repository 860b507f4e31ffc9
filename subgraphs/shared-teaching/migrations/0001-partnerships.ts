import { Migration } from '@mikro-orm/migrations';
import { BY_SYSTEM, EITHER_SCHOOL, rowSecurity } from './row-security.ts';

/** Sites by name and telephone number (a projection of the students subgraph's register), partnerships, and their data-sharing agreements. */
export class Partnerships0001 extends Migration {
  override up(): void {
    this.addSql(`
      create table shared_teaching.school_site (
        urn text primary key,
        name text not null check (name <> ''),
        telephone text,
        version integer not null
      )`);
    this.addSql(`
      create table shared_teaching.partnership (
        home_school_urn text not null,
        id uuid not null,
        teaching_school_urn text not null check (teaching_school_urn <> home_school_urn),
        -- in place of the home school's name in the names of guest forms
        guest_form_name text check (guest_form_name <> ''),
        version integer not null default 1,
        primary key (home_school_urn, id),
        unique (home_school_urn, teaching_school_urn),
        unique (home_school_urn, teaching_school_urn, id)
      )`);
    this.addSql(`
      create table shared_teaching.agreement (
        home_school_urn text not null,
        id uuid not null,
        partnership_id uuid not null,
        teaching_school_urn text not null,
        purpose text not null check (purpose <> ''),
        -- rows of the guest matrix
        fields_covered text[] not null,
        lawful_bases text[] not null,
        in_force_from date not null,
        in_force_to date not null check (in_force_to >= in_force_from),
        review_on date not null,
        home_signed_on date,
        teaching_signed_on date,
        lead_in_days integer not null default 28 check (lead_in_days between 0 and 366),
        run_out_to text not null default '09-30' check (run_out_to ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'),
        version integer not null default 1,
        primary key (home_school_urn, id),
        constraint agreement_partnership foreign key (home_school_urn, teaching_school_urn, partnership_id)
          references shared_teaching.partnership (home_school_urn, teaching_school_urn, id)
      )`);
    this.addSql('create index agreement_of_partnership on shared_teaching.agreement (home_school_urn, partnership_id)');
    for (const statement of [...PARTNERSHIP_SECURITY, ...AGREEMENT_SECURITY, ...AGREEMENT_GUARD])
      this.addSql(statement);
  }
}

/* A home school locks its partnership; who is partner of whom is the graph's own to write. */
const PARTNERSHIP_SECURITY = rowSecurity('partnership', EITHER_SCHOOL, { insert: BY_SYSTEM, changed: BY_SYSTEM });

const AGREEMENT_SECURITY = rowSecurity('agreement', EITHER_SCHOOL, {
  update: `${EITHER_SCHOOL} and kernel.teacher() is null`,
});

/*
 * What two schools agreed, neither changes alone: each writes its own signature, once, and the home school the terms of a
 * draft. Policies see one state of a row, a trigger sees both. Whom row-level security does not bind, it does not bind.
 */
const AGREEMENT_GUARD = [
  `create function shared_teaching.guard_agreement() returns trigger language plpgsql set search_path = '' as $$
   declare
     signatures constant text[] := array['home_signed_on', 'teaching_signed_on', 'version'];
     at_home constant boolean := kernel.school() is not distinct from new.home_school_urn;
     others date := case when at_home then new.teaching_signed_on else new.home_signed_on end;
   begin
     if kernel.is_system() or not row_security_active('shared_teaching.agreement') then
       return new;
     end if;
     if tg_op = 'INSERT' then
       if others is not null then
         raise exception 'A school signs an agreement with its own signature.' using errcode = 'check_violation';
       end if;
       return new;
     end if;
     if others is distinct from (case when at_home then old.teaching_signed_on else old.home_signed_on end)
       or old.home_signed_on is not null and new.home_signed_on is distinct from old.home_signed_on
       or old.teaching_signed_on is not null and new.teaching_signed_on is distinct from old.teaching_signed_on then
       raise exception 'A school signs an agreement with its own signature, once.' using errcode = 'check_violation';
     end if;
     if to_jsonb(new) - signatures <> to_jsonb(old) - signatures
       and (not at_home or old.home_signed_on is not null or old.teaching_signed_on is not null) then
       raise exception 'The terms of an agreement are the home school''s to change until one of the two has signed.'
         using errcode = 'check_violation';
     end if;
     return new;
   end $$`,
  `create trigger agreement_guard before insert or update on shared_teaching.agreement
   for each row execute function shared_teaching.guard_agreement()`,
];
