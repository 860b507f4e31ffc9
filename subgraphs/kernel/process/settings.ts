/** How settings are read, and those that more than one process or command has. Nothing else reads the environment for one. */
import { resolve } from 'node:path';
import { parseIsoDate } from '../identifiers/iso-date.ts';
import { LOG_LEVELS, type LogLevel } from '../telemetry/log-messages.ts';
import { readMetricsToken } from '../telemetry/metrics-page.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Undefined where the setting is not set or empty. `read` gives null where the text does not hold. */
export type ReadSetting = <Value>(
  name: string,
  read: (text: string) => Value | null,
  expected: string,
) => Value | undefined;

/** Throws an error that names every setting that does not hold, and none of the values. */
export function readSettings<Settings>(
  read: (setting: ReadSetting, env: Environment) => Settings,
  env: Environment = process.env,
): Settings {
  const problems: string[] = [];
  const setting: ReadSetting = (name, readText, expected) => {
    const text = env[name]?.trim();
    if (!text) return undefined;
    const value = readText(text);
    if (value === null) problems.push(`${name}: expected ${expected}.`);
    return value ?? undefined;
  };
  const settings = read(setting, env);
  if (problems.length > 0) throw new Error(`The settings do not hold. ${problems.join(' ')}`);
  return settings;
}

export const DEFAULT_DATA_DIR = resolve('.data');

/** What the commands beside a graph have, too. */
interface DataSettings {
  /** `DATA_DIR`, `.data` where it is not set: secrets, and the embedded database. Absolute. */
  dataDir: string;
  /** `DATABASE_URL`: an administrator's, of a PostgreSQL server. Without it an embedded one is started. */
  databaseUrl: string | undefined;
  /** `TODAY` (YYYY-MM-DD): the date that a demo takes for today's. */
  today: string | undefined;
  /** The folder that file names on the command line are meant from: npm changes to the project's (`INIT_CWD`). Absolute. */
  calledFrom: string;
}

export const readDataSettings = (setting: ReadSetting, env: Environment): DataSettings => ({
  dataDir: setting('DATA_DIR', (text) => resolve(text), 'a folder') ?? DEFAULT_DATA_DIR,
  databaseUrl: setting('DATABASE_URL', readDatabaseUrl, 'a URL like postgres://user:password@host:5432/database'),
  today: setting('TODAY', readDate, 'a calendar date YYYY-MM-DD'),
  calledFrom: resolve(env.INIT_CWD || '.'),
});

/** What every process of a graph has. */
export interface ProcessSettings extends DataSettings {
  /** `POOL_SIZE`: database connections of each subgraph at the most; 8 where it is not set. */
  poolSize: number;
  /** `LOG_LEVEL`: from which level on the log is written; `warn` where it is not set, `info` has a line per request. */
  logLevel: LogLevel;
  /** `OTEL_EXPORTER_OTLP_ENDPOINT`: a collector that traces are sent to. Without it nothing is sent anywhere. */
  otlpEndpoint: URL | undefined;
  /** `METRICS_TOKEN`: whoever reads `/metrics` must present it. */
  metricsToken: string | undefined;
  /**
   * Whether npm started us (`npm_lifecycle_event`, which npm sets). It passes a signal on to the shell between, and a
   * shell may die of it without a word to us.
   */
  underNpm: boolean;
}

export const readProcessSettings = (setting: ReadSetting, env: Environment): ProcessSettings => ({
  ...readDataSettings(setting, env),
  poolSize: setting('POOL_SIZE', readPoolSize, 'a whole number from 1 to 100') ?? 8,
  logLevel: setting('LOG_LEVEL', readLogLevel, `one of ${LOG_LEVELS.join(', ')}`) ?? 'warn',
  otlpEndpoint: setting('OTEL_EXPORTER_OTLP_ENDPOINT', readHttpUrl, 'a URL like http://localhost:4318'),
  metricsToken: setting('METRICS_TOKEN', readMetricsToken, 'at least 16 letters, digits or -._~+/'),
  underNpm: env.npm_lifecycle_event !== undefined,
});

/** Null where it is none, as with every reader here. */
export const readPort = (text: string): number | null =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null;

export function readHttpUrl(text: string): URL | null {
  const url = URL.parse(text);
  return url && ['http:', 'https:'].includes(url.protocol) ? url : null;
}

/** `NAME=VALUE, NAME=VALUE` */
export function readNamed<Value>(text: string, read: (text: string) => Value | null): Record<string, Value> | null {
  const entries = text.split(',').map((each): [string, Value] | null => {
    const [, name, written] = /^\s*([\w-]+)=(\S+)\s*$/.exec(each) ?? [];
    const value = name && written ? read(written) : null;
    return name && value !== null ? [name, value] : null;
  });
  return entries.every((entry) => entry !== null) ? Object.fromEntries(entries) : null;
}

export const readSwitch = (text: string): boolean | null => (text === '1' ? true : text === '0' ? false : null);

function readDatabaseUrl(text: string): string | null {
  const url = URL.parse(text);
  const isWhole = url?.hostname && url.pathname.length > 1 && ['postgres:', 'postgresql:'].includes(url.protocol);
  return isWhole ? text : null;
}

const readPoolSize = (text: string): number | null =>
  /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 100 ? Number(text) : null;

const readLogLevel = (text: string): LogLevel | null => LOG_LEVELS.find((level) => level === text) ?? null;

function readDate(text: string): string | null {
  const date = parseIsoDate(text);
  return date.ok ? date.value : null;
}
