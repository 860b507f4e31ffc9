/** Every setting of `npm run subgraphs`, checked at boot. */
import { resolve } from 'node:path';
import { parseIsoDate } from './kernel/identifiers/iso-date.ts';
import { LOG_LEVELS, type LogLevel } from './kernel/telemetry/log-messages.ts';
import { readMetricsToken } from './kernel/telemetry/metrics-page.ts';

export interface Settings {
  /** `DATA_DIR`, `.data` where it is not set: secrets, and the embedded database. Absolute. */
  dataDir: string;
  /** `DATABASE_URL`: an administrator's, of a PostgreSQL server. Without it an embedded one is started. */
  databaseUrl: string | undefined;
  /** `SUBGRAPHS_HOST`: the address to listen on. `127.0.0.1` where it is not set, which this machine alone reaches. */
  host: string;
  /** `SUBGRAPH_PORTS`: `students=4001,shared-teaching=4002`, those of the registry where they are not said; 0 is any free one. */
  ports: Readonly<Record<string, number>>;
  /** `POOL_SIZE`: database connections of each subgraph at the most; 8 where it is not set. */
  poolSize: number;
  /** `TODAY` (YYYY-MM-DD): the date that a demo takes for today's. */
  today: string | undefined;
  /** `LOG_LEVEL` and `OTEL_EXPORTER_OTLP_ENDPOINT`: as the gateway's. */
  logLevel: LogLevel;
  otlpEndpoint: URL | undefined;
  /** `METRICS_TOKEN`: whoever reads `/metrics` of a subgraph's port must present it; without one this machine may. */
  metricsToken: string | undefined;
  /** Whether npm started us: it may end without passing a signal on. */
  underNpm: boolean;
}

/** Throws an error that names every setting that does not hold, and none of the values. */
export function readSettings(env: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const problems: string[] = [];
  const setting = <Value>(name: string, read: (text: string) => Value | null, expected: string): Value | undefined => {
    const text = env[name]?.trim();
    const value = text ? read(text) : undefined;
    if (value === null) problems.push(`${name}: expected ${expected}.`);
    return value ?? undefined;
  };
  const settings: Settings = {
    dataDir: resolve(setting('DATA_DIR', (text) => text, 'a folder') ?? '.data'),
    databaseUrl: setting('DATABASE_URL', readDatabaseUrl, 'a URL like postgres://user:password@host:5432/database'),
    host: setting('SUBGRAPHS_HOST', (text) => text, 'an address') ?? '127.0.0.1',
    ports: setting('SUBGRAPH_PORTS', readPorts, 'NAME=PORT, comma between') ?? {},
    poolSize: setting('POOL_SIZE', readPoolSize, 'a whole number from 1 to 100') ?? 8,
    today: setting('TODAY', readDate, 'a calendar date YYYY-MM-DD'),
    logLevel: setting('LOG_LEVEL', readLogLevel, `one of ${LOG_LEVELS.join(', ')}`) ?? 'warn',
    otlpEndpoint: setting('OTEL_EXPORTER_OTLP_ENDPOINT', readHttpUrl, 'a URL like http://localhost:4318'),
    metricsToken: setting('METRICS_TOKEN', readMetricsToken, 'at least 16 letters, digits or -._~+/'),
    underNpm: env.npm_lifecycle_event !== undefined,
  };
  if (problems.length > 0) throw new Error(`The settings do not hold. ${problems.join(' ')}`);
  return settings;
}

function readPorts(text: string): Record<string, number> | null {
  const entries = text.split(',').map((each): [string, number] | null => {
    const [, name, port] = /^\s*([\w-]+)=(\d{1,5})\s*$/.exec(each) ?? [];
    return name && Number(port) <= 65_535 ? [name, Number(port)] : null;
  });
  return entries.every((entry) => entry !== null) ? Object.fromEntries(entries) : null;
}

const readPoolSize = (text: string): number | null =>
  /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 100 ? Number(text) : null;

const readDatabaseUrl = (text: string): string | null =>
  ['postgres:', 'postgresql:'].includes(URL.parse(text)?.protocol ?? '') ? text : null;

const readHttpUrl = (text: string): URL | null => {
  const url = URL.parse(text);
  return url && ['http:', 'https:'].includes(url.protocol) ? url : null;
};

const readLogLevel = (text: string): LogLevel | null => LOG_LEVELS.find((level) => level === text) ?? null;

function readDate(text: string): string | null {
  const date = parseIsoDate(text);
  return date.ok ? date.value : null;
}
