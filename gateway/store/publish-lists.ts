/**
 * What an administrator does about lists of persisted operations. The gateway's own role may not: whoever takes a gateway
 * over publishes nothing. Every gateway hears of each change.
 */
import type pg from 'pg';
import { NotDone } from '../../subgraphs/kernel/process/not-done.ts';
import { inTransaction } from './in-transaction.ts';

/** An administrator's connection. */
type Admin = pg.Client;

interface ListToPublish {
  client: string;
  version: string;
  operations: readonly { id: string; name: string; text: string; hash: string }[];
}

/** It cannot be done as things stand: said to whoever asked for it. */
export class NotPublished extends NotDone {}

/** Adds to the version's list where it is there already; nothing is ever taken off one. All of it, or nothing. */
export async function publishList(admin: Admin, { client, version, operations }: ListToPublish): Promise<void> {
  await inTransaction(admin, async () => {
    await lockClient(admin, client);
    const { rows } = await admin.query<{ retired: boolean }>(
      `insert into gateway.persisted_list (client, version) values ($1, $2)
       on conflict (client, version) do update set version = excluded.version
       returning retired_at is not null as retired`,
      [client, version],
    );
    if (rows[0]?.retired)
      throw new NotPublished(`Version ${version} of ${client} is retired: publish another version.`);
    const added = JSON.stringify(operations);
    const columns = 'as o (id text, name text, text text, hash text)';
    const taken = await admin.query<{ id: string; name: string }>(
      `select o.id, o.name from jsonb_to_recordset($2::jsonb) ${columns}
       join gateway.persisted_operation p on p.client = $1 and p.id = o.id where p.text <> o.text`,
      [client, added],
    );
    if (taken.rows.length > 0)
      throw new NotPublished(
        `Another text was published for ${client} under these ids, which stay what they are: ${taken.rows.map(({ id, name }) => `${id} (${name})`).join(', ')}.`,
      );
    await admin.query(
      `insert into gateway.persisted_operation (client, id, name, text, hash)
       select $1, o.* from jsonb_to_recordset($2::jsonb) ${columns} on conflict (client, id) do nothing`,
      [client, added],
    );
    await admin.query(
      `insert into gateway.persisted_list_entry (client, version, operation_id)
       select $1, $2, o.id from jsonb_to_recordset($3::jsonb) ${columns} on conflict do nothing`,
      [client, version, added],
    );
  });
}

export async function retireList(admin: Admin, client: string, version: string): Promise<void> {
  const { rowCount } = await admin.query(
    'update gateway.persisted_list set retired_at = now() where client = $1 and version = $2 and retired_at is null',
    [client, version],
  );
  if (rowCount === 0) throw new NotPublished(`There is no list of ${client} ${version} that is not retired.`);
}

export interface StoredList {
  version: string;
  publishedAt: Date;
  retiredAt: Date | null;
  operations: readonly StoredOperation[];
}

interface StoredOperation {
  id: string;
  name: string;
  text: string;
  lastUsedAt: Date | null;
}

/** The older first. */
export async function listsOf(admin: Admin, client: string): Promise<StoredList[]> {
  const { rows } = await admin.query<StoredList>(
    `select l.version, l.published_at as "publishedAt", l.retired_at as "retiredAt", '[]'::jsonb as operations
     from gateway.persisted_list l where l.client = $1 order by l.published_at, l.version`,
    [client],
  );
  const entries = await admin.query<StoredOperation & { version: string }>(
    `select e.version, o.id, o.name, o.text, e.last_used_at as "lastUsedAt"
     from gateway.persisted_list_entry e join gateway.persisted_operation o on o.client = e.client and o.id = e.operation_id
     where e.client = $1 order by o.name, o.id`,
    [client],
  );
  const byVersion = Map.groupBy(entries.rows, ({ version }) => version);
  return rows.map((list) => ({ ...list, operations: byVersion.get(list.version) ?? [] }));
}

/** What else publishing needs to know. */
interface PublishingClient {
  name: string;
  isPartner: boolean;
  isApp: boolean;
  mode: string;
}

/** Those that are not retired. */
export async function publishingClients(admin: Admin): Promise<PublishingClient[]> {
  const { rows } = await admin.query<PublishingClient>(
    `select name, is_partner as "isPartner", secret_hash is not null as "isApp", mode
     from gateway.client where retired_at is null order by name`,
  );
  return rows;
}

interface StoredGrant {
  purpose: string;
  school: string;
  operations: string[];
  scopes: string[];
}

/** Those that are in force on a day or will be. */
export async function grantsFor(admin: Admin, client: string, today: string): Promise<StoredGrant[]> {
  const { rows } = await admin.query<StoredGrant>(
    `select purpose, school_urn as school, operations, scopes from gateway.app_grant
     where client = $1 and revoked_at is null and ends_on >= $2 order by created_at, id`,
    [client, today],
  );
  return rows;
}

async function lockClient(admin: Admin, client: string): Promise<void> {
  const { rowCount } = await admin.query(
    'select from gateway.client where name = $1 and retired_at is null for update',
    [client],
  );
  if (rowCount === 0) throw new NotPublished(`There is no client "${client}".`);
}
