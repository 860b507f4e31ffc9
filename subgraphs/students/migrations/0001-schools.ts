import { Migration } from '@mikro-orm/migrations';

/**
 * Schools: DfE's register and the sites of this graph. Public data: everybody reads it, only the graph itself writes it.
 * None is ever taken away: a school that closes stays in the register.
 * A search by a part of the name reads the whole table (50,000 rows): a trigram index would need an extension that not
 * every administrator may create.
 */
export class Schools0001 extends Migration {
  override up(): void {
    this.addSql(`
      create table students.school (
        urn text primary key check (urn ~ '^[1-9][0-9]{4,5}$'),
        name text not null check (name <> ''),
        local_authority_code text check (local_authority_code ~ '^[0-9]{3}$'),
        local_authority text,
        establishment_number text check (establishment_number ~ '^[0-9]{4}$'),
        dfe_number text check (dfe_number ~ '^[0-9]{3}/[0-9]{4}$'),
        status text not null check (status in ('OPEN', 'OPEN_PROPOSED_TO_CLOSE', 'PROPOSED_TO_OPEN', 'CLOSED')),
        phase text,
        establishment_type text,
        opened_on date,
        closed_on date,
        address_lines text[] not null default '{}',
        postcode text,
        telephone text,
        website text,
        is_site boolean not null default false,
        version integer not null default 1
      )`);
    for (const statement of [
      'alter table students.school enable row level security',
      'alter table students.school force row level security',
      'create policy everybody_reads on students.school for select using (true)',
      'create policy system_adds on students.school for insert with check ((select kernel.is_system()))',
      `create policy system_changes on students.school for update using ((select kernel.is_system()))
       with check ((select kernel.is_system()))`,
    ])
      this.addSql(statement);
    // not unique: a school that becomes an academy gets a new URN and often keeps its DfE number
    this.addSql('create index school_dfe_number on students.school (dfe_number)');
    this.addSql('create index school_name on students.school (lower(name), urn)');
  }
}
