/**
 * The schema `audit`: the record of reading and its seals. Nobody changes or takes away a row, its owner included: roles
 * hold no right to, and triggers that no session setting switches off refuse it.
 */
import type pg from 'pg';
import { type DatabaseTenant, roleOf } from '../database/roles.ts';

/** Its role seals and verifies. It writes no reading. */
export const AUDIT: DatabaseTenant = 'audit';

const AUDIT_ROLE = roleOf(AUDIT);

const insertOnly = (table: string): string => `
create trigger insert_only before update or delete on audit.${table}
  for each row execute function audit.refuse_change();
create trigger never_emptied before truncate on audit.${table}
  for each statement execute function audit.refuse_change();
alter table audit.${table} enable always trigger insert_only, enable always trigger never_emptied;`;

const AUDIT_SCHEMA_SQL = `
create schema audit;
grant usage on schema audit to ${AUDIT_ROLE};

create function audit.refuse_change() returns trigger language plpgsql set search_path = '' as $$
  begin
    raise exception 'What is on record is neither changed nor taken away.' using errcode = 'insufficient_privilege';
  end $$;

create table audit.reading (
  id uuid primary key,
  at timestamptz not null,
  writer text not null,
  outcome text not null check (outcome in ('READ', 'WROTE', 'REFUSED')),
  request uuid,
  operation text,
  subject text not null,
  kind text not null,
  role text not null,
  school text,
  client_name text,
  client_version text,
  policy text not null,
  students uuid[] not null,
  readings jsonb not null,
  refusals jsonb not null,
  mac bytea not null,
  -- in whose order rows are sealed: once all below it have ended, none below it can come any more
  xid xid8 not null default pg_current_xact_id()
);
create index reading_sealing on audit.reading (xid, id);
create index reading_students on audit.reading using gin (students);
${insertOnly('reading')}

-- A chain for each school, and one for callers at none (''), from position 1.
create table audit.seal (
  school text not null,
  position bigint not null check (position > 0),
  reading uuid not null unique,
  at timestamptz not null,
  xid xid8 not null,
  mac bytea not null,
  hash bytea not null,
  primary key (school, position)
);
create index seal_latest on audit.seal (xid, reading);
${insertOnly('seal')}

-- How long each chain is. It grows and does not shrink.
create table audit.head (
  school text primary key,
  length bigint not null,
  hash bytea not null,
  mac bytea not null
);
create function audit.refuse_shrinking() returns trigger language plpgsql set search_path = '' as $$
  begin
    if new.school = old.school and new.length > old.length then return new; end if;
    raise exception 'A chain of the record only grows.' using errcode = 'insufficient_privilege';
  end $$;
create trigger only_grows before update on audit.head
  for each row execute function audit.refuse_shrinking();
create trigger never_deleted before delete on audit.head
  for each row execute function audit.refuse_change();
create trigger never_emptied before truncate on audit.head
  for each statement execute function audit.refuse_change();
alter table audit.head enable always trigger only_grows, enable always trigger never_deleted,
  enable always trigger never_emptied;

alter table audit.reading enable row level security, force row level security;
alter table audit.seal enable row level security, force row level security;
alter table audit.head enable row level security, force row level security;
-- a writer writes under its own name
create policy own_rows on audit.reading for insert
  with check (current_user = 'schoolgraph_' || replace(writer, '-', '_'));
create policy auditor on audit.reading for select to ${AUDIT_ROLE} using (true);
create policy auditor on audit.seal to ${AUDIT_ROLE} using (true);
create policy auditor on audit.head to ${AUDIT_ROLE} using (true);

revoke all on all tables in schema audit from public;
grant select on audit.reading, audit.seal, audit.head to ${AUDIT_ROLE};
grant insert on audit.seal, audit.head to ${AUDIT_ROLE};
grant update (length, hash, mac) on audit.head to ${AUDIT_ROLE};
`;

/** Makes the schema where it is not there yet: making it again would wait for every reading, and hold up every one. */
export async function prepareAudit(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ found: boolean }>(`select to_regclass('audit.head') is not null as found`);
  if (rows[0]?.found !== true) await client.query(AUDIT_SCHEMA_SQL);
}

/** What a part of the graph that writes to the record needs. */
export const writesRecordSql = (writer: DatabaseTenant): string =>
  `grant usage on schema audit to ${roleOf(writer)}; grant insert on audit.reading to ${roleOf(writer)};`;
