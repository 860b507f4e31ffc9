import { GatewayAccounts } from './0001-accounts.ts';

export const migrations = [GatewayAccounts];
