import { createServer } from 'node:net';
import type { Config } from '../config.ts';
import type { Gateway } from '../gateway.ts';

/** The port that it listens on. */
export async function listen(gateway: Gateway, { host, port }: Pick<Config, 'host' | 'port'>): Promise<number> {
  try {
    return (await gateway.listen({ host, port })).port;
  } catch (error) {
    throw reasonOf(error, host, port);
  }
}

/** Before anything is started, so that a port that is taken is told at once. */
export async function refuseTakenPort({ host, port }: Pick<Config, 'host' | 'port'>): Promise<void> {
  const probe = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  probe.once('error', (error) => reject(reasonOf(error, host, port)));
  probe.listen({ host, port }, () => probe.close(() => resolve()));
  return promise;
}

const reasonOf = (error: unknown, host: string, port: number): unknown =>
  REASONS[(error as NodeJS.ErrnoException).code ?? '']?.(host, port) ?? error;

const REASONS: Readonly<Record<string, (host: string, port: number) => Error>> = {
  EADDRINUSE: (_host, port) => new Error(`Port ${port} is in use: stop what uses it, or set PORT to another.`),
  EACCES: (_host, port) => new Error(`This user may not listen on port ${port}: set PORT to one from 1024 up.`),
  EADDRNOTAVAIL: (host) => new Error(`This machine has no address ${host}: set LISTEN_HOST to one that it has.`),
  ENOTFOUND: (host) => new Error(`There is no address ${host}: set LISTEN_HOST to one of this machine's.`),
};
