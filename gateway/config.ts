/** Every setting of the gateway and the standalone graph, checked at boot. Nothing else here reads the environment. */
import { resolve } from 'node:path';
import { parseIsoDate } from '../subgraphs/kernel/identifiers/iso-date.ts';
import { LOG_LEVELS, type LogLevel } from '../subgraphs/kernel/telemetry/log-messages.ts';
import { readMetricsToken } from '../subgraphs/kernel/telemetry/metrics-page.ts';
import { type ReadSetting, readFrontSettings } from './front-config.ts';
import type { FrontSettings } from './policy/front-settings.ts';

export const DEFAULT_DATA_DIR = resolve('.data');

export interface Config {
  /** `PORT`, 4000 where it is not set; 0 for any free one. */
  port: number;
  /** `LISTEN_HOST`: the address to listen on. `127.0.0.1` where it is not set, which this machine alone reaches. */
  host: string;
  /** `DATA_DIR`, `.data` where it is not set: secrets, and the embedded database. Absolute. */
  dataDir: string;
  /** `DATABASE_URL`: an administrator's, of a PostgreSQL server. Without it an embedded one is started. */
  databaseUrl: string | undefined;
  /**
   * `SUBGRAPH_URLS`: where subgraphs run that are not where `npm run subgraphs` puts them on this machine:
   * `students=http://10.0.0.5:4001,shared-teaching=…`. By name in the supergraph.
   */
  subgraphUrls: Readonly<Record<string, string>>;
  /** `SUBGRAPH_TIMEOUT_MS`, 3000: what one call to a subgraph may take. */
  subgraphTimeoutMs: number;
  /** `DEADLINE_MS`, 10000: what a request may take in all. What is not there by then is missing, the rest is answered. */
  deadlineMs: number;
  /**
   * How strangers are met. `LIMIT_BODY`, `LIMIT_TOKENS`, `LIMIT_DEPTH`, `LIMIT_FIELDS`, `LIMIT_SELECTIONS`,
   * `LIMIT_ALIASES`, `LIMIT_DIRECTIVES`, `LIMIT_LIST`, `LIMIT_INTROSPECTION_DEPTH`, `LIMIT_INTROSPECTION`: how much an
   * operation may ask for. `LIMITS` (`enforce` or `measure`), `PRODUCTION` (1 or 0), `INTROSPECTION` (`everybody`, `signed-in` or
   * `nobody`), `CORS_ORIGINS` (comma between).
   */
  front: FrontSettings;
  /** `POOL_SIZE`: database connections of each subgraph at the most; 8 where it is not set. */
  poolSize: number;
  /** `TODAY` (YYYY-MM-DD): the date that a demo takes for today's. */
  today: string | undefined;
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
  /** The folder that file names on the command line are meant from: npm changes to the project's (`INIT_CWD`). Absolute. */
  calledFrom: string;
}

/** Throws an error that names every setting that does not hold, and none of the values. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const problems: string[] = [];
  const setting: ReadSetting = (name, read, expected) => {
    const text = env[name]?.trim();
    if (!text) return undefined;
    const value = read(text);
    if (value === null) problems.push(`${name}: expected ${expected}.`);
    return value ?? undefined;
  };
  const config: Config = {
    port: setting('PORT', readPort, 'a port number from 0 (any free one) to 65535') ?? 4000,
    host: setting('LISTEN_HOST', (text) => text, 'an address') ?? '127.0.0.1',
    dataDir: setting('DATA_DIR', (text) => resolve(text), 'a folder') ?? DEFAULT_DATA_DIR,
    databaseUrl: setting('DATABASE_URL', readDatabaseUrl, 'a URL like postgres://user:password@host:5432/database'),
    subgraphUrls: setting('SUBGRAPH_URLS', readSubgraphUrls, 'NAME=http://HOST:PORT, comma between') ?? {},
    subgraphTimeoutMs: setting('SUBGRAPH_TIMEOUT_MS', readMilliseconds, 'milliseconds from 1 to 600000') ?? 3_000,
    deadlineMs: setting('DEADLINE_MS', readMilliseconds, 'milliseconds from 1 to 600000') ?? 10_000,
    front: readFrontSettings(setting),
    today: setting('TODAY', readDate, 'a calendar date YYYY-MM-DD'),
    logLevel: setting('LOG_LEVEL', readLogLevel, `one of ${LOG_LEVELS.join(', ')}`) ?? 'warn',
    otlpEndpoint: setting('OTEL_EXPORTER_OTLP_ENDPOINT', readHttpUrl, 'a URL like http://localhost:4318'),
    metricsToken: setting('METRICS_TOKEN', readMetricsToken, 'at least 16 letters, digits or -._~+/'),
    underNpm: env.npm_lifecycle_event !== undefined,
    calledFrom: resolve(env.INIT_CWD ?? '.'),
  };
  if (problems.length > 0) throw new Error(`The settings do not hold. ${problems.join(' ')}`);
  return config;
}

/** Null where it is none. */
export const readPort = (text: string): number | null =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null;

function readMilliseconds(text: string): number | null {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= 600_000 ? value : null;
}

/** A URL without a path means the path that our subgraphs serve. */
function readSubgraphUrls(text: string): Record<string, string> | null {
  const entries = text.split(',').map((each): [string, string] | null => {
    const [, name, address] = /^\s*([\w-]+)=(\S+)\s*$/.exec(each) ?? [];
    const url = URL.parse(address ?? '');
    if (!name || !url || !['http:', 'https:'].includes(url.protocol)) return null;
    return [name, url.pathname === '/' ? new URL('/graphql', url).href : url.href];
  });
  return entries.every((entry) => entry !== null) ? Object.fromEntries(entries) : null;
}

function readDatabaseUrl(text: string): string | null {
  const url = URL.parse(text);
  const isWhole = url?.hostname && url.pathname.length > 1 && ['postgres:', 'postgresql:'].includes(url.protocol);
  return isWhole ? text : null;
}

function readDate(text: string): string | null {
  const date = parseIsoDate(text);
  return date.ok ? date.value : null;
}

const readLogLevel = (text: string): LogLevel | null => LOG_LEVELS.find((level) => level === text) ?? null;

function readHttpUrl(text: string): URL | null {
  const url = URL.parse(text);
  return url && ['http:', 'https:'].includes(url.protocol) ? url : null;
}
