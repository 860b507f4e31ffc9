/** Why a process may not listen where it was told to, in words that say which setting to change. */
import { createServer } from 'node:net';

export interface ListenAddress {
  host: string;
  port: number;
}

/** Names of the settings that an address comes from. */
export interface AddressSettings {
  host: string;
  port: string;
}

/** Before anything is started, so that a port that is taken is told at once. */
export async function refuseTakenPort(address: ListenAddress, settings: AddressSettings): Promise<void> {
  const probe = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  probe.once('error', (error) => reject(listeningError(error, address, settings)));
  probe.listen({ host: address.host, port: address.port }, () => probe.close(() => resolve()));
  return promise;
}

/** The error itself where it is another. */
export function listeningError(error: unknown, { host, port }: ListenAddress, settings: AddressSettings): unknown {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is in use: stop what uses it, or set ${settings.port} to another.`,
    EACCES: `This user may not listen on port ${port}: set ${settings.port} to one from 1024 up.`,
    EADDRNOTAVAIL: `This machine has no address ${host}: set ${settings.host} to one that it has.`,
    ENOTFOUND: `There is no address ${host}: set ${settings.host} to one of this machine's.`,
  };
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
  return reason ? new Error(reason) : error;
}
