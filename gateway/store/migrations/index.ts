import { GatewayAccounts } from './0001-accounts.ts';
import { GatewayClients } from './0002-clients.ts';
import { GatewayPersistedOperations } from './0003-persisted-operations.ts';
import { GatewayAppModes } from './0004-app-modes.ts';

export const migrations = [GatewayAccounts, GatewayClients, GatewayPersistedOperations, GatewayAppModes];
