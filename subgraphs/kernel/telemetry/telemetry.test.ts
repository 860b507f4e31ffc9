import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { createTelemetry } from './telemetry.ts';

const received: { path: string | undefined; body: string }[] = [];
const collector = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received.push({ path: request.url, body: Buffer.concat(chunks).toString() });
    response.setHeader('content-type', 'application/json').end('{}');
  });
});
await new Promise<void>((resolve) => void collector.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;

afterAll(() => collector.close());

async function spanSentTo(otlpEndpoint: URL | undefined): Promise<void> {
  const telemetry = createTelemetry({ service: 'schoolgraph-test', logLevel: 'silent', otlpEndpoint });
  telemetry.tracing.begin('query').end();
  await telemetry.shutdown();
}

describe('traces', () => {
  it('go nowhere where no collector is named', async () => {
    await spanSentTo(undefined);
    expect(received).toEqual([]);
  });

  it.each(['', '/', '/otlp', '/otlp/'])('go to the collector that is named: its address and %s', async (base) => {
    received.length = 0;
    await spanSentTo(new URL(address + base));
    const [sent] = received;
    expect(sent?.path).toBe(`${base.replace(/\/$/, '')}/v1/traces`);
    expect(sent?.body).toContain('schoolgraph-test');
    // neither who runs it nor where
    expect(sent?.body).not.toMatch(/host\.name|process\.|telemetry\.sdk/);
  });
});

describe('a failed event', () => {
  it('is told by its name and id, and counted', async () => {
    const lines: string[] = [];
    const logTo = { write: (line: string) => void lines.push(line) };
    const telemetry = createTelemetry({ service: 'test', logLevel: 'warn', otlpEndpoint: undefined, logTo });
    telemetry.names.add('event', ['student.joined']);
    const eventId = '019377a0-0000-7000-8000-000000000001';
    telemetry.reportFailedEvent('student.joined', eventId, new Error('Canary'));
    telemetry.reportFailedEvent('Canary', 'Canary', 'Canary');
    const [known, unknown] = lines.map((line) => JSON.parse(line));
    expect(known).toMatchObject({ level: 'error', event: 'student.joined', eventId, error: { kind: 'Error' } });
    expect(unknown).toMatchObject({ event: '[redacted]', eventId: '[redacted]', error: { kind: 'no error' } });
    expect(lines.join('')).not.toContain('Canary');
    const metrics = await telemetry.metering.text();
    expect(metrics).toContain('schoolgraph_events_failed_total{event_name="student.joined"} 1\n');
    expect(metrics).toContain('schoolgraph_events_failed_total{event_name="_OTHER"} 1\n');
    await telemetry.shutdown();
  });
});
