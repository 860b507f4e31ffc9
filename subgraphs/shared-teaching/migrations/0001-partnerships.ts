import { Migration } from '@mikro-orm/migrations';
import { EITHER_SCHOOL, rowSecurity } from './row-security.ts';

/** Sites by name (a projection of the students subgraph's register), partnerships, and their data-sharing agreements. */
export class Partnerships0001 extends Migration {
  override up(): void {
    this.addSql(`
      create table shared_teaching.school_site (
        urn text primary key,
        name text not null check (name <> ''),
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
        unique (home_school_urn, teaching_school_urn)
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
        foreign key (home_school_urn, partnership_id) references shared_teaching.partnership (home_school_urn, id)
      )`);
    this.addSql('create index agreement_partnership on shared_teaching.agreement (home_school_urn, partnership_id)');
    for (const table of ['partnership', 'agreement'])
      for (const statement of rowSecurity(table, EITHER_SCHOOL)) this.addSql(statement);
  }
}
