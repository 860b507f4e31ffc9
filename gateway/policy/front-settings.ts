/** What an operator may set of how strangers are met, and what holds where nothing is set. */
import type { AuthorisationMode } from './authorisation-mode.ts';
import type { IntrospectionAudience } from './introspection.ts';
import type { LimitMode } from './limits/limiter.ts';
import { DEFAULT_LIMITS, type Limits } from './limits/limits.ts';

import { type ClientRates, DEFAULT_RATES } from './throttles/client-throttles.ts';

export interface FrontSettings {
  limits: Limits;
  /** Undefined: enforced for a graph with rules of ours, measured for any other. */
  limitMode: LimitMode | undefined;
  /** What each client may do in a minute. */
  clientRates: ClientRates;
  /** Items that a list is taken to have where the schema does not say: for the cost of an operation. */
  assumedListSize: number;
  /** Bytes of a request's body, where limits are enforced. */
  mostBodyBytes: number;
  isProduction: boolean;
  /** Undefined: everybody, and nobody in production. */
  introspection: IntrospectionAudience | undefined;
  authorisation: AuthorisationMode;
  /** `scheme://host[:port]` at which the graph is found from outside; undefined: this machine's. */
  publicUrl: string | undefined;
  /** `scheme://host[:port]` of pages on other hosts whose scripts may call the graph. */
  corsOrigins: readonly string[];
}

export const DEFAULT_FRONT: FrontSettings = {
  limits: DEFAULT_LIMITS,
  limitMode: undefined,
  clientRates: DEFAULT_RATES,
  assumedListSize: 10,
  mostBodyBytes: 65_536,
  isProduction: false,
  introspection: undefined,
  authorisation: 'filter',
  publicUrl: undefined,
  corsOrigins: [],
};

/** `isOurs`: whether the graph's supergraph has rules of ours. */
export const limitModeOf = ({ limitMode }: FrontSettings, isOurs: boolean): LimitMode =>
  limitMode ?? (isOurs ? 'enforce' : 'measure');

export const introspectionOf = ({ introspection, isProduction }: FrontSettings): IntrospectionAudience =>
  introspection ?? (isProduction ? 'nobody' : 'everybody');
