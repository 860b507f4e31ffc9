/** Every setting of the gateway and the standalone graph, checked at boot. Nothing else here reads the environment. */
import {
  type Environment,
  type ProcessSettings,
  type ReadSetting,
  readHttpUrl,
  readNamed,
  readPort,
  readProcessSettings,
  readSettings,
} from '../subgraphs/kernel/process/settings.ts';
import { readFrontSettings } from './front-config.ts';
import type { FrontSettings } from './policy/front-settings.ts';

/** Of `DATABASE_URL` a gateway in a process of its own takes the address, and comes as its own role. */
export interface Config extends ProcessSettings {
  /** `PORT`, 4000 where it is not set; 0 for any free one. */
  port: number;
  /** `LISTEN_HOST`: the address to listen on. `127.0.0.1` where it is not set, which this machine alone reaches. */
  host: string;
  /**
   * `SUBGRAPH_URLS`: where subgraphs run that are not where `npm run subgraphs` puts them on this machine:
   * `students=http://10.0.0.5:4001,shared-teaching=…`. By name in the supergraph.
   */
  subgraphUrls: Readonly<Record<string, string>>;
  /** `SUBGRAPH_TIMEOUT_MS`, 3000: what one call to a subgraph may take. */
  subgraphTimeoutMs: number;
  /**
   * `DEADLINE_MS`, 10000: what a request may take in all. What is not there by then is missing, the rest is answered. No
   * less than `SUBGRAPH_TIMEOUT_MS`: a subgraph that hangs is told by that, and not by a request that ended before.
   */
  deadlineMs: number;
  /**
   * How strangers are met. `LIMIT_BODY`, `LIMIT_TOKENS`, `LIMIT_DEPTH`, `LIMIT_FIELDS`, `LIMIT_SELECTIONS`,
   * `LIMIT_ALIASES`, `LIMIT_DIRECTIVES`, `LIMIT_LIST`, `LIMIT_VALUE_DEPTH`, `LIMIT_INTROSPECTION_DEPTH`,
   * `LIMIT_INTROSPECTION`, `LIMIT_COST`: how much an operation may ask for. `ASSUMED_LIST_SIZE`: how much a list is taken to
   * cost where the schema does not say. `LIMIT_BUDGET`, `LIMIT_PLANNING`, and each with `_STRANGERS`: what a client may do in a
   * minute. `LIMITS` (`enforce` or `measure`), `PRODUCTION` (1 or 0), `INTROSPECTION` (`everybody`, `signed-in` or `nobody`),
   * `AUTHORISATION` (`filter`, `reject` or `dry-run`), `CORS_ORIGINS` (comma between), `PUBLIC_URL`.
   */
  front: FrontSettings;
}

/** Throws an error that names every setting that does not hold, and none of the values. */
export const readConfig = (env?: Environment): Config => readSettings(configOf, env);

const configOf = (setting: ReadSetting, env: Environment): Config => ({
  ...readTimes(setting),
  port: setting('PORT', readPort, 'a port number from 0 (any free one) to 65535') ?? 4000,
  host: setting('LISTEN_HOST', (text) => text, 'an address') ?? '127.0.0.1',
  subgraphUrls:
    setting(
      'SUBGRAPH_URLS',
      (text) => readNamed(text, readSubgraphUrl),
      'NAME=http://HOST:PORT, comma between, and no user name or password in them',
    ) ?? {},
  front: readFrontSettings(setting),
  ...readProcessSettings(setting, env),
});

function readTimes(setting: ReadSetting): Pick<Config, 'subgraphTimeoutMs' | 'deadlineMs'> {
  const subgraphTimeoutMs = setting('SUBGRAPH_TIMEOUT_MS', readMilliseconds, MILLISECONDS) ?? 3_000;
  const readDeadline = (text: string): number | null => {
    const deadlineMs = readMilliseconds(text);
    return deadlineMs !== null && deadlineMs >= subgraphTimeoutMs ? deadlineMs : null;
  };
  const deadlineMs = setting('DEADLINE_MS', readDeadline, `${MILLISECONDS}, no less than SUBGRAPH_TIMEOUT_MS`);
  return { subgraphTimeoutMs, deadlineMs: deadlineMs ?? Math.max(10_000, subgraphTimeoutMs) };
}

const MILLISECONDS = 'milliseconds from 1 to 600000';

function readMilliseconds(text: string): number | null {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= 600_000 ? value : null;
}

/** A URL without a path means the path that our subgraphs serve. With a secret in it, which would not be used, it is none. */
function readSubgraphUrl(text: string): string | null {
  const url = readHttpUrl(text);
  if (url?.username || url?.password) return null;
  return url && (url.pathname === '/' ? new URL('/graphql', url) : url).href;
}
