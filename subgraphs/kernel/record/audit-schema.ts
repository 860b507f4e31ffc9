/**
 * The schema `audit`: the record of reading and its seals. Nobody changes or takes away a row, its owner included: roles
 * hold no right to, and triggers that no session setting switches off refuse it.
 */
import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import { type DatabaseTenant, roleOf } from '../database/roles.ts';
import { makeChainList } from './chain-list.ts';
import { sealKeyOf } from './keys.ts';

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

/** Its one row is there from the start, so that one that is gone was taken away. */
const CHAINS_SQL = `
-- How long each chain is, by its school: no chain of it is left out, and none gets shorter.
create table audit.chains (
  one boolean primary key default true check (one),
  lengths jsonb not null,
  mac bytea not null
);
create function audit.refuse_forgetting() returns trigger language plpgsql set search_path = '' as $$
  begin
    if new.lengths <> old.lengths and not exists (
      select from jsonb_each_text(old.lengths) as before
      left join jsonb_each_text(new.lengths) as after using (key)
      where after.value is null or after.value::bigint < before.value::bigint
    ) then return new; end if;
    raise exception 'The list of the record''s chains only grows.' using errcode = 'insufficient_privilege';
  end $$;
create trigger only_grows before update on audit.chains
  for each row execute function audit.refuse_forgetting();
create trigger never_deleted before delete on audit.chains
  for each row execute function audit.refuse_change();
create trigger never_emptied before truncate on audit.chains
  for each statement execute function audit.refuse_change();
alter table audit.chains enable always trigger only_grows, enable always trigger never_deleted,
  enable always trigger never_emptied;
alter table audit.chains enable row level security, force row level security;
create policy auditor on audit.chains to ${AUDIT_ROLE} using (true);
revoke all on audit.chains from public;
grant select, update (lengths, mac) on audit.chains to ${AUDIT_ROLE};
`;

/** Rows from before apps were known have neither. */
const APPS_SQL = `alter table audit.reading add column app_grant uuid, add column app_purpose text`;

/**
 * Makes what is not there yet of the schema: making it again would wait for every reading, and hold up every one. `secret`:
 * the one that the keys of the record follow from.
 */
export async function prepareAudit(client: pg.Client, secret: string): Promise<void> {
  if (!(await isThere(client, 'audit.head'))) await client.query(AUDIT_SCHEMA_SQL);
  if (!(await isThere(client, 'audit.chains'))) await addChainList(client, sealKeyOf(secret));
  if (!(await knowsApps(client))) await client.query(APPS_SQL);
}

async function isThere(client: pg.Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [table]);
  return rows[0]?.found === true;
}

async function knowsApps(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_attribute where attrelid = 'audit.reading'::regclass and attname = 'app_grant' and not attisdropped`,
  );
  return (rowCount ?? 0) > 0;
}

/** No sealer goes on meanwhile: the list is of the heads as they are when it comes. */
async function addChainList(client: pg.Client, key: KeyObject): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`select pg_advisory_xact_lock(hashtext('schoolgraph record seals'))`);
    await client.query(CHAINS_SQL);
    await makeChainList(client, key);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** All columns but the one that says in whose order rows are sealed: a writer chooses no place. */
const WRITTEN = `id, at, writer, outcome, request, operation, subject, kind, role, school, client_name, client_version,
  app_grant, app_purpose, policy, students, readings, refusals, mac`;

/** What a part of the graph that writes to the record needs. As one query it is one transaction: no row is refused in between. */
export const writesRecordSql = (writer: DatabaseTenant): string =>
  `grant usage on schema audit to ${roleOf(writer)}; revoke insert on audit.reading from ${roleOf(writer)};
   grant insert (${WRITTEN}) on audit.reading to ${roleOf(writer)};`;
