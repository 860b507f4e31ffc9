import type { MigratedTenant } from '../../subgraphs/kernel/database/migrate.ts';
import { migrations } from './migrations/index.ts';

/** The gateway's own schema and role: accounts, clients and settings, nothing of a pupil. */
export const GATEWAY: MigratedTenant = { name: 'gateway', migrations, publishes: [], subscriptions: [] };
