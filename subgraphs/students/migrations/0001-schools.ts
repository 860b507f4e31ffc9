import { Migration } from '@mikro-orm/migrations';

/**
 * Schools: DfE's register and the sites of this graph. Public data, so without row-level security.
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
    // not unique: a school that becomes an academy gets a new URN and often keeps its DfE number
    this.addSql('create index school_dfe_number on students.school (dfe_number)');
    this.addSql('create index school_name on students.school (lower(name), urn)');
  }
}
