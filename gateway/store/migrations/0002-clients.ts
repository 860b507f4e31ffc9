import { Migration } from '@mikro-orm/migrations';
import { roleOf } from '../../../subgraphs/kernel/database/roles.ts';

const ROLE = roleOf('gateway');

export class GatewayClients extends Migration {
  override up(): void {
    this.addSql(`
      create table gateway.client (
        name text primary key check (name ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(name) <= 64),
        id uuid not null unique,
        title text not null check (length(title) between 1 and 200),
        mode text not null check (mode in ('open', 'log-unknown', 'safelist', 'require-id')),
        is_partner boolean not null,
        -- SHA-256 of the secret, and of the one before it for as long as that lives on; a client without comes with persons
        secret_hash bytea check (length(secret_hash) = 32),
        previous_secret_hash bytea check (length(previous_secret_hash) = 32),
        previous_secret_until timestamptz,
        created_at timestamptz not null default now(),
        retired_at timestamptz,
        check (not is_partner or mode = 'require-id'),
        check ((previous_secret_hash is null) = (previous_secret_until is null)),
        check (previous_secret_hash is null or secret_hash is not null)
      )`);
    this.addSql(`
      create table gateway.app_grant (
        id uuid primary key,
        client text not null references gateway.client (name),
        school_urn text not null check (school_urn ~ '^[0-9]{5,6}$'),
        purpose text not null check (length(purpose) between 1 and 200),
        ground text not null check (ground in
          ('consent', 'contract', 'legal-obligation', 'vital-interests', 'public-task', 'legitimate-interests')),
        operations text[] not null check (cardinality(operations) between 1 and 100),
        scopes text[] not null check (cardinality(scopes) between 1 and 100),
        starts_on date not null,
        ends_on date not null check (ends_on >= starts_on),
        created_at timestamptz not null default now(),
        revoked_at timestamptz
      )`);
    this.addSql(`create index app_grant_client on gateway.app_grant (client)`);
    // Who administers the graph says who may be let in: the gateway reads it, and could not let anybody in by itself.
    this.addSql(`revoke insert, update, delete on gateway.client, gateway.app_grant from ${ROLE}`);

    // Every gateway hears that a table has changed, and reads what. A trigger for each table that gateways keep in mind.
    this.addSql(`
      create function gateway.tell_change() returns trigger language plpgsql set search_path = '' as $$
        begin
          perform pg_catalog.pg_notify('schoolgraph_gateway', tg_table_name);
          return null;
        end $$`);
    for (const table of ['client', 'app_grant'])
      this.addSql(`create trigger tell_change after insert or update or delete or truncate on gateway.${table}
        for each statement execute function gateway.tell_change()`);
  }
}
