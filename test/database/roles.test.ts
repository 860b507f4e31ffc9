import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { openTenant } from '../../subgraphs/kernel/database/open-tenant.ts';
import { asAdmin, provisionRoles, roleOf, tenantUrl } from '../../subgraphs/kernel/database/roles.ts';
import { atEnd } from '../kit/at-end.ts';
import { cloneDatabase } from '../kit/database.ts';

/** Roles are the whole server's: each test makes some of its own. */
function newTenant(): string {
  const tenant = `part-${randomUUID().slice(0, 8)}`;
  atEnd(() => asAdmin(inject('adminUrl'), (client) => client.query(`drop role if exists ${roleOf(tenant)}`)));
  return tenant;
}

async function newAdministrator(url: string): Promise<string> {
  const name = `admin_${randomUUID().slice(0, 8)}`;
  await asAdmin(url, (client) => client.query(`create role ${name} login createrole password 'x'`));
  atEnd(() => asAdmin(url, (client) => client.query(`drop role ${name}`)));
  const own = new URL(url);
  [own.username, own.password] = [name, 'x'];
  return own.href;
}

const signsIn = (url: string) => asAdmin(url, (client) => client.query('select 1'));

describe('roles of the parts of the graph', () => {
  it('are made, and given another password, by an administrator who is no superuser', async () => {
    const { adminUrl } = await cloneDatabase();
    const administrator = await newAdministrator(adminUrl);
    const tenant = newTenant();
    await provisionRoles(administrator, 'first secret', [tenant]);
    await provisionRoles(administrator, 'second secret', [tenant]);
    await expect(signsIn(tenantUrl(adminUrl, 'first secret', tenant))).rejects.toThrow(
      'password authentication failed',
    );
    await signsIn(tenantUrl(adminUrl, 'second secret', tenant));
  });

  it.each(['students', 'gateway', 'worker', 'audit'])('%s do not hold a transaction open for long', async (tenant) => {
    const { urlOf } = await cloneDatabase();
    const { rows } = await asAdmin(urlOf(tenant), (client) =>
      client.query<{ version: number; idle: string; limit: string | null }>(
        `select current_setting('server_version_num')::int as version,
           current_setting('idle_in_transaction_session_timeout') as idle, current_setting('transaction_timeout', true) as limit`,
      ),
    );
    const knowsLimit = (rows[0]?.version ?? 0) >= 170_000;
    const limit = tenant === 'audit' ? '0' : '10min';
    expect(rows).toMatchObject([{ idle: '1min', limit: knowsLimit ? limit : null }]);
  });

  it('that could see past row-level security are refused', async () => {
    const { adminUrl } = await cloneDatabase();
    const tenant = newTenant();
    await provisionRoles(adminUrl, 'secret', [tenant]);
    const open = async () => {
      const url = tenantUrl(adminUrl, 'secret', tenant);
      await (await openTenant({ name: tenant, url, entities: [] })).close(true);
    };
    await open();
    for (const right of ['bypassrls', 'superuser']) {
      await asAdmin(adminUrl, (client) => client.query(`alter role ${roleOf(tenant)} ${right}`));
      await expect(open()).rejects.toThrow('could see past row-level security');
      await asAdmin(adminUrl, (client) => client.query(`alter role ${roleOf(tenant)} no${right}`));
    }
  });
});
