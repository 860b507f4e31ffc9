/** The gateway's own part of the database: who may sign in, and what holds for the database as a whole. */
import type { MikroORM } from '@mikro-orm/postgresql';
import { openDatabase } from '../../subgraphs/kernel/database/open.ts';
import { Account } from './entities/account.ts';
import { Setting } from './entities/setting.ts';

export type Store = MikroORM;

/** `url`: the tenant `gateway`'s own. */
export const openStore = (url: string): Promise<Store> =>
  openDatabase({ name: 'gateway', url, entities: [Account, Setting], poolSize: 4 });
