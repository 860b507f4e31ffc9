/** How a test's gateway reaches its subgraphs: in process, or over HTTP as it reaches those of another process. */
import { inject } from 'vitest';
import type { SubgraphTransport } from '../../gateway/engine/engine.ts';
import { createHttpTransport, type HttpTransportOptions } from '../../gateway/engine/transport/http-transport.ts';
import { withLimits } from '../../gateway/engine/transport/limited-transport.ts';
import { MAX_ANSWER_BYTES } from '../../gateway/engine/transport/time-limit.ts';
import { createInProcessTransport } from '../../gateway/standalone/in-process-transport.ts';
import { serveSubgraph } from '../../subgraphs/kernel/subgraph/serve/serve-subgraph.ts';
import { atEnd } from './at-end.ts';
import type { TestSubgraphs } from './subgraphs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's, where a test does not say: both ways are run by vitest.config.ts. */
    transport: TransportName;
  }
}

export type TransportName = 'in-process' | 'http';

export interface TransportOptions {
  transport?: TransportName;
  /** Over HTTP: where a subgraph is that the test has put elsewhere, and other limits. */
  http?: Partial<HttpTransportOptions>;
}

/** A busy machine is no fault. */
export const PATIENT_MS = 25_000;

export async function openTransport(
  subgraphs: Pick<TestSubgraphs, 'all' | 'reportError'>,
  { transport = inject('transport'), http = {} }: TransportOptions,
): Promise<SubgraphTransport> {
  if (transport !== 'http')
    return withLimits(createInProcessTransport(subgraphs.all), { timeoutMs: PATIENT_MS, maxBytes: MAX_ANSWER_BYTES });
  const urls = { ...(await subgraphUrls(subgraphs)), ...http.urls };
  const opened = createHttpTransport({ timeoutMs: PATIENT_MS, ...http, urls });
  atEnd(opened.close);
  return opened;
}

/** Puts each subgraph on a free port of this machine, until the end of the test file. */
export async function subgraphUrls({
  all,
  reportError,
}: Pick<TestSubgraphs, 'all' | 'reportError'>): Promise<Record<string, string>> {
  const urls: Record<string, string> = {};
  for (const subgraph of all) {
    const server = await serveSubgraph(subgraph, reportError);
    atEnd(server.close);
    const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
    urls[subgraph.name] = `http://127.0.0.1:${port}/graphql`;
  }
  return urls;
}
