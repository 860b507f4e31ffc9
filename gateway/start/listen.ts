import { type AddressSettings, listeningError } from '../../subgraphs/kernel/process/listening.ts';
import type { Config } from '../config.ts';
import type { Gateway } from '../gateway.ts';

/** Where no option of the command line says another. */
export const GATEWAY_ADDRESS: AddressSettings = { host: 'LISTEN_HOST', port: 'PORT' };

/** The port that it listens on. */
export async function listen(
  gateway: Gateway,
  { host, port }: Pick<Config, 'host' | 'port'>,
  settings = GATEWAY_ADDRESS,
): Promise<number> {
  try {
    return (await gateway.listen({ host, port })).port;
  } catch (error) {
    throw listeningError(error, { host, port }, settings);
  }
}
