/** Every setting of `npm run subgraphs`, checked at boot. */
import {
  type Environment,
  type ProcessSettings,
  readNamed,
  readPort,
  readProcessSettings,
  readSettings,
  readSwitch,
} from './kernel/process/settings.ts';

export interface SubgraphSettings extends ProcessSettings {
  /** `SUBGRAPHS_HOST`: the address to listen on. `127.0.0.1` where it is not set, which this machine alone reaches. */
  host: string;
  /** `SUBGRAPH_PORTS`: `students=4001,shared-teaching=4002`, those of the registry where they are not said; 0 is any free one. */
  ports: Readonly<Record<string, number>>;
  /** `PRODUCTION` (1 or 0): without a token nobody reads `/metrics`. On by itself where the database is not a demo's. */
  isProduction: boolean;
}

/** Throws an error that names every setting that does not hold, and none of the values. */
export const readSubgraphSettings = (env?: Environment): SubgraphSettings =>
  readSettings(
    (setting, given) => ({
      ...readProcessSettings(setting, given),
      host: setting('SUBGRAPHS_HOST', (text) => text, 'an address') ?? '127.0.0.1',
      ports: setting('SUBGRAPH_PORTS', (text) => readNamed(text, readPort), 'NAME=PORT, comma between') ?? {},
      isProduction: setting('PRODUCTION', readSwitch, '1 (on) or 0 (off)') ?? false,
    }),
    env,
  );
