import {
  type AddressSettings,
  listeningError,
  refuseTakenPort as refusePort,
} from '../../subgraphs/kernel/process/listening.ts';
import type { Config } from '../config.ts';
import type { Gateway } from '../gateway.ts';

const SETTINGS: AddressSettings = { host: 'LISTEN_HOST', port: 'PORT' };

type Address = Pick<Config, 'host' | 'port'>;

/** The port that it listens on. */
export async function listen(gateway: Gateway, { host, port }: Address): Promise<number> {
  try {
    return (await gateway.listen({ host, port })).port;
  } catch (error) {
    throw listeningError(error, { host, port }, SETTINGS);
  }
}

/** Before anything is started, so that a port that is taken is told at once. */
export const refuseTakenPort = (address: Address): Promise<void> => refusePort(address, SETTINGS);
