/** How a test's gateway reaches its subgraphs: in process, or over HTTP as it reaches those of another process. */
import { inject } from 'vitest';
import { type CallSubgraph, createSubgraphCaller } from '../../gateway/engine/signed-source.ts';
import { createHttpTransport, type HttpTransportOptions } from '../../gateway/engine/transport/http-transport.ts';
import { MAX_ANSWER_BYTES } from '../../gateway/engine/transport/time-limit.ts';
import { callInProcess } from '../../gateway/standalone/in-process-calls.ts';
import type { GatewayTelemetry } from '../../gateway/telemetry/gateway-telemetry.ts';
import { createSealer } from '../../subgraphs/kernel/envelope.ts';
import { serveSubgraph, type Watching } from '../../subgraphs/kernel/subgraph/serve/serve-subgraph.ts';
import { atEnd } from './at-end.ts';
import type { TestSubgraphs } from './subgraphs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's, where a test does not say: both ways are run by vitest.config.ts. */
    transport: TransportName;
  }
}

type Urls = Record<string, string>;

type TransportName = 'in-process' | 'http';

export interface TransportOptions {
  transport?: TransportName;
  /** Over HTTP: who watches the subgraphs. */
  watching?: Watching;
  /** Over HTTP: other limits, and where the gateway is to find a subgraph, given where it is. */
  http?: Partial<Omit<HttpTransportOptions, 'urls'>> & { urls?: (real: Urls) => Promise<Urls> };
}

/** A busy machine is no fault. */
export const PATIENT_MS = 25_000;

/** As a gateway calls them that is watched by `telemetry`. */
export async function openCalls(
  subgraphs: Pick<TestSubgraphs, 'all' | 'reportError' | 'envelopeKeys' | 'clock'>,
  { transport: observed }: Pick<GatewayTelemetry, 'transport'>,
  { transport = inject('transport'), http = {}, watching }: TransportOptions,
): Promise<CallSubgraph> {
  const { all, reportError, envelopeKeys, clock } = subgraphs;
  if (transport !== 'http') {
    const limits = { timeoutMs: PATIENT_MS, maxBytes: MAX_ANSWER_BYTES };
    return callInProcess({ subgraphs: all, limits, observed, reportError });
  }
  const real = await subgraphUrls(subgraphs, watching);
  const urls = (await http.urls?.(real)) ?? real;
  const opened = createHttpTransport({ timeoutMs: PATIENT_MS, ...http, urls });
  atEnd(opened.close);
  return createSubgraphCaller(createSealer(envelopeKeys, clock.now), observed(opened), reportError);
}

/** Puts each subgraph on a free port of this machine, until the end of the test file. */
export async function subgraphUrls(
  { all, reportError }: Pick<TestSubgraphs, 'all' | 'reportError'>,
  watching?: Watching,
): Promise<Urls> {
  const urls: Urls = {};
  for (const subgraph of all) {
    const server = await serveSubgraph(subgraph, reportError, watching);
    atEnd(server.close);
    const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
    urls[subgraph.name] = `http://127.0.0.1:${port}/graphql`;
  }
  return urls;
}
