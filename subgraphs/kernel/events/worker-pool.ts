import pg from 'pg';

/**
 * Connections for graphile-worker, for whoever opens them to end. A pool of its own it ends without waiting, and without
 * listening any more: a database that is stopped in that moment takes the process with it.
 * https://github.com/brianc/node-postgres/blob/master/packages/pg-pool/README.md#error
 */
export function openWorkerPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max });
  // A connection that broke is replaced; the work on it failed, and tells so itself.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
