import { GatewayAccounts } from './0001-accounts.ts';
import { GatewayClients } from './0002-clients.ts';

export const migrations = [GatewayAccounts, GatewayClients];
