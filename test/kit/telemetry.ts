/** The telemetry of a test's graph: it measures as always, and tells nobody unless the test listens. */
import { createTelemetry, type Telemetry, type TelemetryOptions } from '../../subgraphs/kernel/telemetry/telemetry.ts';
import { atEnd } from './at-end.ts';

export function testTelemetry(options: Partial<TelemetryOptions> = {}): Telemetry {
  const telemetry = createTelemetry({ service: 'test', logLevel: 'silent', otlpEndpoint: undefined, ...options });
  atEnd(telemetry.shutdown);
  return telemetry;
}
