/**
 * One database; a schema and a LOGIN role for each subgraph, which owns nothing and cannot bypass row-level security.
 * Roles are cluster-wide: they are made once, one after the other, never by two processes at a time.
 */
import { createHmac } from 'node:crypto';
import pg from 'pg';

/** A part of the product with a schema and a role of its own: a subgraph's name, `gateway`, or `worker`. */
export type DatabaseTenant = string;

export const schemaOf = (tenant: DatabaseTenant): string => tenant.replaceAll('-', '_');
export const roleOf = (tenant: DatabaseTenant): string => `schoolgraph_${schemaOf(tenant)}`;

/** Every tenant's password follows from one secret, so that there is one thing to keep. */
const passwordOf = (secret: string, tenant: DatabaseTenant): string =>
  createHmac('sha256', secret).update(`database-password\n${tenant}`).digest('base64url');

/** The URL by which a tenant connects, made from the administrator's. */
export function tenantUrl(adminUrl: string, secret: string, tenant: DatabaseTenant): string {
  const url = new URL(adminUrl);
  url.username = roleOf(tenant);
  url.password = passwordOf(secret, tenant);
  return url.href;
}

const SILENT_LOG = [
  `log_statement = 'none'`,
  `log_min_error_statement = 'panic'`,
  'log_min_duration_statement = -1',
  'log_min_duration_sample = -1',
  'log_parameter_max_length_on_error = 0',
  `log_error_verbosity = 'terse'`,
];

/**
 * A session that hangs in its transaction holds back the seals of the record, which come in the order of transactions.
 * Nothing of ours waits in one: answers leave after it. The longest that works is the import of DfE's register.
 * https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-TRANSACTION-TIMEOUT
 */
const IDLE_TIMEOUT = `idle_in_transaction_session_timeout = '60s'`;
const TRANSACTION_TIMEOUT = `transaction_timeout = '10min'`;
const KNOWS_TRANSACTION_TIMEOUT = 170_000;

/** Looks through the whole record in one reading transaction, which no seal waits for. */
const VERIFIER: DatabaseTenant = 'audit';

/** Makes the roles that are missing and sets their passwords; the administrator needs CREATEROLE. */
export async function provisionRoles(
  adminUrl: string,
  secret: string,
  tenants: readonly DatabaseTenant[],
): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', ['schoolgraph roles']);
    const { rows } = await client.query<{ on: boolean; version: number }>(
      `select rolsuper as on, current_setting('server_version_num')::int as version
       from pg_roles where rolname = current_user`,
    );
    const isSuperuser = rows[0]?.on === true;
    const knowsLimit = (rows[0]?.version ?? 0) >= KNOWS_TRANSACTION_TIMEOUT;
    for (const tenant of tenants) {
      const role = client.escapeIdentifier(roleOf(tenant));
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [roleOf(tenant)]);
      const password = client.escapeLiteral(passwordOf(secret, tenant));
      // only a superuser may alter the right to bypass row-level security; opening a tenant's database checks it
      if (rowCount) await client.query(`alter role ${role} login password ${password}`);
      else await client.query(`create role ${role} login nobypassrls password ${password}`);
      // names without a schema are PostgreSQL's own, whatever schemas another role may make
      await client.query(`alter role ${role} set search_path = ''`);
      await client.query(`alter role ${role} set ${IDLE_TIMEOUT}`);
      if (knowsLimit && tenant !== VERIFIER) await client.query(`alter role ${role} set ${TRANSACTION_TIMEOUT}`);
      // statements hold pupils' details, and the server's log is not the place for them
      if (isSuperuser) for (const setting of SILENT_LOG) await client.query(`alter role ${role} set ${setting}`);
      // an administrator who is no superuser hands objects to a role only as its member
      if (!isSuperuser) await client.query(`grant ${role} to current_user`);
    }
  });
}

const LOST = 'The connection to the database was lost: look whether it was done, and do it again if not.';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: classes 08 and 57P */
const isAboutConnection = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && /^(08|57P)/.test(error.code ?? '');

/** Runs `work` on one connection of the administrator's, and closes it. */
export async function asAdmin<Result>(adminUrl: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: adminUrl });
  let isLost = false;
  // of a connection that breaks the client tells apart from the query, too: unheard, it would end the process
  client.on('error', () => {
    isLost = true;
  });
  await client.connect();
  try {
    return await work(client);
  } catch (error) {
    throw isLost || isAboutConnection(error) ? new Error(LOST) : error;
  } finally {
    await client.end();
  }
}
