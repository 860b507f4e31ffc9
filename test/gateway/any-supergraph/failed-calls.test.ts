/** Whoever runs a gateway learns from its log which subgraph failed, and how; nothing of what the subgraph said. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createGateway } from '../../../gateway/gateway.ts';
import { openAnyGraph } from '../../../gateway/main/any-graph.ts';
import { DEFAULT_FRONT } from '../../../gateway/policy/front-settings.ts';
import { parseSupergraph } from '../../../gateway/supergraph/composed-document.ts';
import { demandsOf } from '../../../gateway/supergraph/demands.ts';
import { createGatewayTelemetry } from '../../../gateway/telemetry/gateway-telemetry.ts';
import { atEnd } from '../../kit/at-end.ts';
import { testTelemetry } from '../../kit/telemetry.ts';
import { ask } from './ask.ts';
import { compose } from './plain-subgraphs.ts';

const json = (response: ServerResponse, body: string) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(body);

const withError = (response: ServerResponse, code: string) =>
  json(
    response,
    JSON.stringify({ data: null, errors: [{ message: 'Canary', extensions: { code, canary: 'Canary' } }] }),
  );

/** Each subgraph by its name, with how it fails and what the log is to say of it. */
const FAILING: Record<string, { answer: (response: ServerResponse) => void; told: object }> = {
  refusing: {
    answer: (response) => withError(response, 'CANARY'),
    told: { failure: 'SUBGRAPH_ERROR' },
  },
  outdated: {
    answer: (response) => withError(response, 'GRAPHQL_VALIDATION_FAILED'),
    told: { failure: 'SUBGRAPH_ERROR', code: 'GRAPHQL_VALIDATION_FAILED' },
  },
  proxied: {
    answer: (response) => void response.writeHead(502, { 'content-type': 'text/html' }).end('Canary'),
    told: { failure: 'NO_ANSWER', status: 502 },
  },
  broken: { answer: (response) => json(response, '{"data":{"Canary'), told: { failure: 'INVALID_ANSWER' } },
  large: {
    answer: (response) => json(response, JSON.stringify({ data: { large: 'Canary'.repeat(2_000_000) } })),
    told: { failure: 'TOO_LARGE' },
  },
  slow: { answer: () => undefined, told: { failure: 'TIMEOUT' } },
  gone: { answer: (response) => void response.destroy(), told: { failure: 'UNREACHABLE' } },
};
const NAMES = Object.keys(FAILING);

const lines: string[] = [];

async function serve(): Promise<string> {
  const server = createServer((request, response) => FAILING[request.url?.slice(1) ?? '']?.answer(response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  atEnd(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const supergraph = compose(
    NAMES.map((name) => ({ name, typeDefs: `type Query { ${name}: String }` })),
    (name) => `http://127.0.0.1:${port}/${name}`,
  );
  const watching = testTelemetry({ logLevel: 'warn', logTo: { write: (line: string) => void lines.push(line) } });
  const { reportError } = watching;
  const telemetry = createGatewayTelemetry(watching);
  const { notes: _notes, ...door } = await openAnyGraph({
    ...demandsOf(parseSupergraph(supergraph)),
    dataDir: '/nowhere',
    front: DEFAULT_FRONT,
    // long enough for the large answer on a busy machine
    calls: { subgraphUrls: {}, timeoutMs: 3_000, reportError, telemetry },
  });
  const gateway = await createGateway({
    supergraph,
    ...door,
    telemetry,
    reportError,
    deadlineMs: 8_000,
    metricsToken: undefined,
  });
  atEnd(gateway.close);
  return `http://127.0.0.1:${(await gateway.listen({ host: '127.0.0.1', port: 0 })).port}`;
}

const url = await serve();

describe('the log of a gateway', () => {
  it.each(NAMES)('names the subgraph that fails, and how: %s', async (name) => {
    lines.length = 0;
    const answer = await ask(url, { query: `{ ${name} }` });
    expect(answer.errors).toMatchObject([{ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    const { id } = answer.errors?.[0]?.extensions ?? {};
    expect(lines).toHaveLength(1);
    const { message, subgraph, failure, code, status, id: logged } = JSON.parse(lines[0] ?? '');
    expect({ message, subgraph, failure, code, status, id: logged }).toEqual({
      message: 'An internal error was answered.',
      subgraph: name,
      code: undefined,
      status: undefined,
      ...FAILING[name]?.told,
      id,
    });
    expect(lines[0]).not.toMatch(/canary/i);
    expect(answer.text).not.toMatch(/canary|subgraph/i);
  });
});
