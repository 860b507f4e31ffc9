/** How a graph is served: who may call it, how its subgraphs are called, and what it needs to be ready. */
import type { GatewayDeps } from '../gateway.ts';
import type { ReportError } from '../http/mask-errors.ts';
import type { FrontSettings } from '../policy/front-settings.ts';
import type { GatewayTelemetry } from '../telemetry/gateway-telemetry.ts';

export interface Door
  extends Pick<
    GatewayDeps,
    | 'connect'
    | 'authenticate'
    | 'appSignIn'
    | 'coversOperation'
    | 'operationLists'
    | 'recordRefusals'
    | 'isPartner'
    | 'readiness'
    | 'demoSignIn'
  > {
  settings: FrontSettings;
  /** Sentences for the person who started it. */
  notes: readonly string[];
}

/** What holds for every call to a subgraph. */
export interface CallSettings {
  /** In place of what the supergraph says; by the subgraph's name. */
  subgraphUrls: Readonly<Record<string, string>>;
  /** Of one call, in milliseconds. */
  timeoutMs: number;
  reportError: ReportError;
  telemetry: Pick<GatewayTelemetry, 'transport' | 'circuit' | 'unread'>;
}
