/** The gateway's own part of the database: who may sign in, which programs may call, and what holds for the database as a whole. */
import type { MikroORM } from '@mikro-orm/postgresql';
import { openTenant } from '../../subgraphs/kernel/database/open-tenant.ts';
import { tenantUrl } from '../../subgraphs/kernel/database/roles.ts';
import { Account } from './entities/account.ts';
import { AppGrant } from './entities/app-grant.ts';
import { Client } from './entities/client.ts';
import { Setting } from './entities/setting.ts';
import { GATEWAY } from './tenant.ts';

export type Store = MikroORM;

/** For who holds the administrator's URL, and the secret that the tenants' database passwords follow from. */
export const storeUrl = (adminUrl: string, secret: string): string => tenantUrl(adminUrl, secret, GATEWAY.name);

/** Of a statement: what a gateway asks takes some milliseconds, and what waits for a lock must not keep all connections. */
const PATIENCE_MS = 5_000;

/** `url`: the gateway's own role's. */
export const openStore = (url: string): Promise<Store> =>
  openTenant({
    name: GATEWAY.name,
    url,
    entities: [Account, AppGrant, Client, Setting],
    poolSize: 4,
    patienceMs: PATIENCE_MS,
  });

export const pingStore = async (store: Store): Promise<void> => void (await store.em.fork().execute('select 1'));
