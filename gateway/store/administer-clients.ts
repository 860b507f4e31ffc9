/**
 * What an administrator does about clients and app grants. The gateway's own role may not: whoever takes a gateway over
 * lets nobody in. Every gateway hears of each change.
 */
import type pg from 'pg';
import { newUuid } from '../../subgraphs/kernel/ids.ts';
import { NotDone } from '../../subgraphs/kernel/process/not-done.ts';
import { hashOfSecret, newClientSecret } from '../auth/client-secret.ts';
import { type ClientMode, type LawfulGround, modesOf } from '../auth/clients.ts';
import { inTransaction } from './in-transaction.ts';

/** An administrator's connection. */
type Admin = pg.Client;

export interface NewClient {
  name: string;
  title: string;
  mode: ClientMode;
  isPartner: boolean;
  /** Whether it calls by itself, and so has a secret. */
  isApp: boolean;
}

/** It cannot be done as things stand: said to whoever asked for it. */
export class NotAdministered extends NotDone {}

/** The secret of an app, which nobody can look up again; null where the client has none. */
export async function addClient(admin: Admin, client: NewClient): Promise<string | null> {
  const secret = client.isApp ? newClientSecret() : null;
  const { rowCount } = await admin.query(
    `insert into gateway.client (name, id, title, mode, is_partner, secret_hash) values ($1, $2, $3, $4, $5, $6)
     on conflict (name) do nothing`,
    [client.name, newUuid(), client.title, client.mode, client.isPartner, secret && hashOfSecret(secret)],
  );
  if (rowCount === 0)
    throw new NotAdministered('There is a client of that name, or was one: names are not used again.');
  return secret;
}

/** What of a client may change; null: it stays. */
export interface ClientChange {
  mode: ClientMode | null;
  title: string | null;
}

export async function changeClient(admin: Admin, name: string, { mode, title }: ClientChange): Promise<void> {
  await inTransaction(admin, async () => {
    const { rows } = await admin.query<{ isApp: boolean; isPartner: boolean }>(
      `select secret_hash is not null as "isApp", is_partner as "isPartner" from gateway.client
       where name = $1 and retired_at is null for update`,
      [name],
    );
    const [client] = rows;
    if (!client) throw new NotAdministered('Expected the name of a client that is not retired.');
    const modes = modesOf(client);
    if (mode !== null && !modes.includes(mode))
      throw new NotAdministered(`${name} is an app, which runs listed operations: expected ${modes.join(' or ')}.`);
    await admin.query(
      'update gateway.client set mode = coalesce($2, mode), title = coalesce($3, title) where name = $1',
      [name, mode, title],
    );
  });
}

/** A new secret. The one before lives on until `until`, so that no call fails while the app is given the new one. */
export async function rotateSecret(admin: Admin, name: string, until: Date): Promise<string> {
  const secret = newClientSecret();
  const { rowCount } = await admin.query(
    `update gateway.client set secret_hash = $2, previous_secret_hash = secret_hash, previous_secret_until = $3
     where name = $1 and retired_at is null and secret_hash is not null`,
    [name, hashOfSecret(secret), until],
  );
  if (rowCount === 0) throw new NotAdministered('Expected the name of an app: no client with a secret has that name.');
  return secret;
}

/** Ends it for good, and every token of it. */
export async function retireClient(admin: Admin, name: string): Promise<void> {
  const { rowCount } = await admin.query(
    'update gateway.client set retired_at = now() where name = $1 and retired_at is null',
    [name],
  );
  if (rowCount === 0) throw new NotAdministered('Expected the name of a client that is not retired.');
}

export interface NewAppGrant {
  client: string;
  school: string;
  purpose: string;
  ground: LawfulGround;
  operations: readonly string[];
  scopes: readonly string[];
  /** `YYYY-MM-DD`, both included. */
  from: string;
  to: string;
}

/** Its id. Of one school an app has one app grant at a time: its rights are never those of two purposes together. */
export async function addAppGrant(admin: Admin, grant: NewAppGrant, id = newUuid()): Promise<string> {
  const { client, school, purpose, ground, operations, scopes, from, to } = grant;
  await inTransaction(admin, async () => {
    const found = await admin.query(
      'select from gateway.client where name = $1 and secret_hash is not null and retired_at is null for update',
      [client],
    );
    if (found.rowCount === 0)
      throw new NotAdministered('Expected the name of an app: no client with a secret has that name.');
    const { rows } = await admin.query<{ id: string }>(
      `select id from gateway.app_grant where client = $1 and school_urn = $2 and revoked_at is null
         and starts_on <= $4 and ends_on >= $3`,
      [client, school, from, to],
    );
    if (rows[0])
      throw new NotAdministered(
        `The school has given the app a grant for some of that time: revoke ${rows[0].id} first.`,
      );
    await admin.query(
      `insert into gateway.app_grant (id, client, school_urn, purpose, ground, operations, scopes, starts_on, ends_on)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, client, school, purpose, ground, operations, scopes, from, to],
    );
  });
  return id;
}

export async function revokeAppGrant(admin: Admin, id: string): Promise<void> {
  const { rowCount } = await admin.query(
    'update gateway.app_grant set revoked_at = now() where id = $1 and revoked_at is null',
    [id],
  );
  if (rowCount === 0) throw new NotAdministered('Expected the id of an app grant that is not revoked.');
}

/** Their ids: of what a school has given an app, all that is in force on a day or will be. */
export async function revokeAppGrantsOf(
  admin: Admin,
  client: string,
  school: string,
  today: string,
): Promise<readonly string[]> {
  const { rows } = await admin.query<{ id: string }>(
    `update gateway.app_grant set revoked_at = now()
     where client = $1 and school_urn = $2 and revoked_at is null and ends_on >= $3 returning id`,
    [client, school, today],
  );
  if (rows.length === 0)
    throw new NotAdministered(
      'Expected an app, and a school that lets it in: none of its app grants is in force or to come.',
    );
  return rows.map(({ id }) => id);
}

export interface ListedClient {
  name: string;
  title: string;
  mode: ClientMode;
  isPartner: boolean;
  isApp: boolean;
  retiredAt: Date | null;
  previousSecretUntil: Date | null;
}

export interface ListedGrant extends Omit<NewAppGrant, 'client'> {
  id: string;
  client: string;
  revokedAt: Date | null;
}

export interface ListedClients {
  clients: readonly ListedClient[];
  grants: readonly ListedGrant[];
}

/** All there are and were. */
export async function listClients(admin: Admin): Promise<ListedClients> {
  const clients = await admin.query<ListedClient>(
    `select name, title, mode, is_partner as "isPartner", secret_hash is not null as "isApp",
       retired_at as "retiredAt", previous_secret_until as "previousSecretUntil"
     from gateway.client order by name`,
  );
  const grants = await admin.query<ListedGrant>(
    `select id, client, school_urn as school, purpose, ground, operations, scopes, starts_on::text as "from",
       ends_on::text as "to", revoked_at as "revokedAt"
     from gateway.app_grant order by client, school_urn, starts_on, id`,
  );
  return { clients: clients.rows, grants: grants.rows };
}
