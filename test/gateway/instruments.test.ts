/** What the gateway's metrics and log say of its calls, circuits, limits, errors and reloads. */
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-base';
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { SubgraphTransport } from '../../gateway/engine/engine.ts';
import { SubgraphCallFailed } from '../../gateway/engine/transport/call-failed.ts';
import { createHttpTransport } from '../../gateway/engine/transport/http-transport.ts';
import { createErrorMask } from '../../gateway/http/mask-errors.ts';
import { NOTHING_COUNTED } from '../../gateway/policy/limits/limits.ts';
import { createGatewayTelemetry } from '../../gateway/telemetry/gateway-telemetry.ts';
import { createSealer } from '../../subgraphs/kernel/envelope.ts';
import { testTelemetry } from '../kit/telemetry.ts';

const SEALED = createSealer([{ id: 'test', secret: Buffer.alloc(32, 1).toString('base64url') }]).seal('a', null, '{}');
const { signal } = new AbortController();

function watched() {
  const lines: string[] = [];
  const exporter = new InMemorySpanExporter();
  const telemetry = testTelemetry({ logLevel: 'debug', logTo: { write: (line) => void lines.push(line) }, exporter });
  telemetry.names.add('subgraph', ['students']);
  telemetry.names.add('field', ['Student.upn']);
  return {
    watch: createGatewayTelemetry(telemetry),
    log: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    metrics: () => telemetry.metering.text(),
  };
}

const failing = (error: unknown): SubgraphTransport => ({ call: () => Promise.reject(error) });

describe('a call to a subgraph', () => {
  it('takes its trace along, beside an envelope that is as it was', async () => {
    const { watch } = watched();
    const sent: Record<string, string>[] = [];
    const transport = watch.transport({
      async call(_subgraph, { headers }) {
        sent.push(headers);
        return { status: 200, body: '{}' };
      },
    });
    await transport.call('students', SEALED, signal);
    const [{ traceparent, ...envelope } = {}] = sent;
    expect(traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
    expect(envelope).toEqual(SEALED.headers);
  });

  it.each([
    ['students', new SubgraphCallFailed('students', 'TIMEOUT'), 'TIMEOUT', 'students'],
    ['students', new Error('CANARY'), 'UNREACHABLE', 'students'],
    ['CANARY', new SubgraphCallFailed('CANARY', 'CIRCUIT_OPEN'), 'CIRCUIT_OPEN', '_OTHER'],
  ])('of %s that failed is told by how, and fails on', async (subgraph, error, failure, name) => {
    const { watch, log, metrics } = watched();
    await expect(watch.transport(failing(error)).call(subgraph, SEALED, signal)).rejects.toBe(error);
    const text = await metrics();
    expect(text).toContain(
      `http_client_request_duration_count{subgraph_name="${name}",http_request_method="POST",error_type="${failure}"} 1`,
    );
    expect(log()).toMatchObject([{ level: 'debug', failure }]);
    expect(text + JSON.stringify(log())).not.toContain('CANARY');
  });

  it('that is not made any more shows in the state of its circuit', async () => {
    const { watch, log, metrics } = watched();
    const transport = createHttpTransport({
      // nothing listens there (RFC 6335, 8.1.2: discard)
      urls: { students: 'http://127.0.0.1:9' },
      timeoutMs: 5_000,
      circuit: { failures: 1, pauseMs: 60_000 },
      onCircuit: watch.circuit,
    });
    await expect(transport.call('students', SEALED, signal)).rejects.toThrow();
    await transport.close();
    expect(await metrics()).toContain(
      'schoolgraph_subgraph_circuit{subgraph_name="students",circuit_state="open"} 1\n',
    );
    expect(log()).toMatchObject([{ level: 'warn', subgraph: 'students', circuit: 'open' }]);
  });
});

describe('errors', () => {
  it('are counted by the code that the client is told, and by no other', async () => {
    const { watch, metrics } = watched();
    const told = watch.errors(createErrorMask(() => {}));
    for (const code of ['FORBIDDEN', 'FORBIDDEN', 'CANARY', 'A801200001001'])
      told({ message: 'x', extensions: { code } }, new GraphQLError('x', { extensions: { code } }));
    const counted = (await metrics()).split('\n').filter((line) => line.startsWith('schoolgraph_errors_total'));
    expect(counted).toEqual([
      'schoolgraph_errors_total{error_code="FORBIDDEN"} 2',
      'schoolgraph_errors_total{error_code="INTERNAL_SERVER_ERROR"} 2',
    ]);
  });
});

describe('limits', () => {
  it('are measured, and those that were passed are counted', async () => {
    const { watch, metrics } = watched();
    watch.limits({ counts: { ...NOTHING_COUNTED, depth: 4, fields: 30 }, over: [] });
    watch.limits({ counts: { ...NOTHING_COUNTED, depth: 11 }, over: ['depth'] });
    const text = await metrics();
    expect(text).toContain('schoolgraph_operation_size_sum{limit_name="depth"} 15\n');
    expect(text).toContain('schoolgraph_operation_size_bucket{limit_name="depth",le="5"} 1\n');
    expect(text).toContain('schoolgraph_operation_size_count{limit_name="fields"} 1\n');
    expect(text).toContain('schoolgraph_limit_passed_total{limit_name="depth"} 1\n');
  });
});

describe('a reload', () => {
  it('is told whether it holds, and of one that does not the place and not the text', async () => {
    const { watch, log, metrics } = watched();
    const failure = new Error('type CANARY');
    const reload = watch.reload(async (sdl) => {
      if (sdl === 'bad') throw failure;
    });
    await reload('good');
    await expect(reload('bad')).rejects.toBe(failure);
    const text = await metrics();
    expect(text).toContain('schoolgraph_supergraph_reloads_total{reload_result="swapped"} 1\n');
    expect(text).toContain('schoolgraph_supergraph_reloads_total{reload_result="kept"} 1\n');
    expect(log()).toMatchObject([{ level: 'info' }, { level: 'error', error: { kind: 'Error' } }]);
    expect(JSON.stringify(log())).not.toContain('CANARY');
  });
});

describe('a dry run of the authorisation', () => {
  it('is counted and logged by the fields that it would have left out, of those that the graph has', async () => {
    const { watch, log, metrics } = watched();
    watch.dryRun(['Student.upn', 'Student.CANARY']);
    const text = await metrics();
    for (const field of ['Student.upn', '_OTHER'])
      expect(text).toContain(`schoolgraph_authorisation_dry_run_total{graphql_field="${field}"} 1`);
    expect(log()).toMatchObject([
      { level: 'info', message: 'A dry run would have left out a field.', field: 'Student.upn' },
      { level: 'info', field: '[redacted]' },
    ]);
    expect(text + JSON.stringify(log())).not.toContain('CANARY');
  });
});
