import { announceRunning, findRunning, retractRunning } from '../database/run-file.ts';
import {
  openStandaloneDatabase,
  type StandaloneDatabase,
  type StandaloneDatabaseOptions,
} from '../database/standalone-database.ts';
import { type Lifetime, LONG_CLOSE_MS } from './lifetime.ts';

/** Opens the database for this process, the one that runs on this data folder, and lets the commands beside it know. */
export async function takeDatabase(
  { dataDir, databaseUrl }: Pick<StandaloneDatabaseOptions, 'dataDir' | 'databaseUrl'>,
  lifetime: Lifetime,
  log: (line: string) => void,
): Promise<StandaloneDatabase> {
  const running = findRunning(dataDir);
  if (running)
    throw new Error(`It runs already on ${dataDir}, as process ${running.pid}. Stop it, or choose another DATA_DIR.`);
  const database = await openStandaloneDatabase({ dataDir, databaseUrl, log });
  lifetime.started('The database', database.close, LONG_CLOSE_MS);
  announceRunning(dataDir, { databaseUrl: database.adminUrl, port: null });
  lifetime.started('run.json', () => retractRunning(dataDir));
  return database;
}
