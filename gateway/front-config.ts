/** The settings of how strangers are met, as text that is read and checked. */
import { type ReadSetting, readHttpUrl, readSwitch } from '../subgraphs/kernel/process/settings.ts';
import { AUTHORISATION_MODES } from './policy/authorisation-mode.ts';
import { DEFAULT_FRONT, type FrontSettings } from './policy/front-settings.ts';
import { INTROSPECTION_AUDIENCES } from './policy/introspection.ts';
import type { LimitMode } from './policy/limits/limiter.ts';
import { DEFAULT_LIMITS, LIMIT_CODES, type LimitName, type Limits } from './policy/limits/limits.ts';
import { type ClientRates, DEFAULT_RATES, type Share } from './policy/throttles/client-throttles.ts';
import { THROTTLE_CODES } from './policy/throttles/throttled.ts';

export function readFrontSettings(setting: ReadSetting): FrontSettings {
  return {
    limits: readLimits(setting),
    limitMode: setting('LIMITS', oneOf<LimitMode>(['enforce', 'measure']), '"enforce" or "measure"'),
    clientRates: readClientRates(setting),
    assumedListSize: setting('ASSUMED_LIST_SIZE', readCount, COUNT) ?? DEFAULT_FRONT.assumedListSize,
    mostBodyBytes: setting('LIMIT_BODY', readCount, COUNT) ?? DEFAULT_FRONT.mostBodyBytes,
    isProduction: setting('PRODUCTION', readSwitch, '1 (on) or 0 (off)') ?? DEFAULT_FRONT.isProduction,
    introspection: setting('INTROSPECTION', oneOf(INTROSPECTION_AUDIENCES), namesOf(INTROSPECTION_AUDIENCES)),
    authorisation:
      setting('AUTHORISATION', oneOf(AUTHORISATION_MODES), namesOf(AUTHORISATION_MODES)) ?? DEFAULT_FRONT.authorisation,
    publicUrl: setting('PUBLIC_URL', readOrigin, 'https://HOST or https://HOST:PORT, without anything after it'),
    corsOrigins:
      setting('CORS_ORIGINS', readOrigins, 'https://HOST or https://HOST:PORT as a browser sends it, comma between') ??
      DEFAULT_FRONT.corsOrigins,
  };
}

const COUNT = 'a whole number from 1 to 9999999';

function readLimits(setting: ReadSetting): Limits {
  const limits = { ...DEFAULT_LIMITS };
  for (const [limit, name] of Object.entries(LIMIT_CODES) as [LimitName, string][])
    limits[limit] = setting(name, readCount, COUNT) ?? limits[limit];
  return limits;
}

const readClientRates = (setting: ReadSetting): ClientRates => ({
  budget: readShare(setting, THROTTLE_CODES.budget, DEFAULT_RATES.budget),
  planning: readShare(setting, THROTTLE_CODES.planning, DEFAULT_RATES.planning),
});

const readShare = (setting: ReadSetting, name: string, usual: Share): Share => ({
  signedIn: setting(name, readCount, COUNT) ?? usual.signedIn,
  strangers: setting(`${name}_STRANGERS`, readCount, COUNT) ?? usual.strangers,
});

const readCount = (text: string): number | null => (/^[1-9]\d{0,6}$/.test(text) ? Number(text) : null);

const namesOf = (values: readonly string[]): string => values.map((value) => `"${value}"`).join(' or ');

const oneOf =
  <Value extends string>(values: readonly Value[]) =>
  (text: string): Value | null =>
    values.find((value) => value === text) ?? null;

/** Without a slash at its end. */
function readOrigin(text: string): string | null {
  const url = readHttpUrl(text);
  return url && [url.origin, `${url.origin}/`].includes(text) ? url.origin : null;
}

/** As the `Origin` header has it (RFC 6454, 6.1): in lower case, without a default port, without anything after it. */
function readOrigins(text: string): string[] | null {
  const origins = text.split(',').map((each) => each.trim());
  const isExact = (origin: string) =>
    /^https?:\/\//.test(origin) && !origin.includes('*') && URL.parse(origin)?.origin === origin;
  return origins.every(isExact) ? origins : null;
}
