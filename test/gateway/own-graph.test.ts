import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { connectSigned } from '../../gateway/main/own-graph.ts';
import { readSupergraph } from '../../gateway/supergraph/supergraph.ts';
import { createGatewayTelemetry } from '../../gateway/telemetry/gateway-telemetry.ts';
import { createSealer } from '../../subgraphs/kernel/envelope.ts';
import { testTelemetry } from '../kit/telemetry.ts';
import { composed } from './small-graph.ts';

const sealer = createSealer([{ id: 'test', secret: Buffer.alloc(32, 1).toString('base64url') }]);
const telemetry = createGatewayTelemetry(testTelemetry());
const connect = connectSigned(sealer, { subgraphUrls: {}, timeoutMs: 3_000, reportError: () => {}, telemetry });

const OWN = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
const OPEN = composed([{ name: 'students', typeDefs: 'type Query { everything: String }', resolvers: {} }]);

describe('a gateway that was started for a graph with rules of guest access', () => {
  it('serves another that has them', async () => {
    await expect(connect(readSupergraph(OWN)).close()).resolves.not.toThrow();
  });

  it('does not serve one that has lost them, which would be open to everybody', () => {
    expect(() => connect(readSupergraph(OPEN))).toThrow(/It has no rules of guest access/);
  });
});
