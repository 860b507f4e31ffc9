/** `npm start`: the whole graph in one process, on an embedded PostgreSQL where no other is named. */
import { readFileSync } from 'node:fs';
import { createClock } from '../subgraphs/kernel/clock.ts';
import { announceRunning } from '../subgraphs/kernel/database/run-file.ts';
import { type Lifetime, LONG_CLOSE_MS, runUntilAsked } from '../subgraphs/kernel/process/lifetime.ts';
import { refuseTakenPort } from '../subgraphs/kernel/process/listening.ts';
import { createTelemetry } from '../subgraphs/kernel/telemetry/telemetry.ts';
import { openGraphProcess } from '../subgraphs/open-graph-process.ts';
import { registry } from '../subgraphs/registry.ts';
import { readConfig } from './config.ts';
import { withLimits } from './engine/transport/limited-transport.ts';
import { MAX_ANSWER_BYTES } from './engine/transport/time-limit.ts';
import { ownKeysOf } from './keys/own-keys.ts';
import { createInProcessTransport } from './standalone/in-process-transport.ts';
import { createStandaloneGateway } from './standalone/serve.ts';
import { welcome } from './standalone/welcome.ts';
import { GATEWAY_ADDRESS, listen } from './start/listen.ts';
import { openStore } from './store/store.ts';
import { createGatewayTelemetry } from './telemetry/gateway-telemetry.ts';

const tell = (line: string): void => console.log(line);

async function start(lifetime: Lifetime): Promise<void> {
  const config = readConfig();
  if (config.underNpm) lifetime.followParent();
  await refuseTakenPort(config, GATEWAY_ADDRESS);
  tell(`Schoolgraph on Node ${process.version}`);
  const telemetry = createTelemetry({ service: 'schoolgraph', ...config });
  lifetime.started('The telemetry', telemetry.shutdown);
  const names = registry.map(({ name }) => name);
  const { database, isDemo, clock, subgraphs } = await openGraphProcess(names, config, { telemetry, lifetime, tell });

  const keys = ownKeysOf(database, isDemo);
  const store = await openStore(keys.databaseUrl);
  lifetime.started('The store', () => store.close(true));
  const gateway = await createStandaloneGateway({
    supergraph: readFileSync(new URL('../schema/supergraph.graphql', import.meta.url), 'utf8'),
    store,
    keys,
    isDemo,
    clock,
    realClock: createClock(),
    front: config.front,
    transport: withLimits(createInProcessTransport(subgraphs), {
      timeoutMs: config.subgraphTimeoutMs,
      maxBytes: MAX_ANSWER_BYTES,
    }),
    deadlineMs: config.deadlineMs,
    reportError: telemetry.reportError,
    telemetry: createGatewayTelemetry(telemetry),
    metricsToken: config.metricsToken,
  });
  lifetime.started('The gateway', gateway.close, LONG_CLOSE_MS);
  const port = await listen(gateway, config);
  announceRunning(config.dataDir, { databaseUrl: database.adminUrl, port });
  const { introspection } = gateway;
  tell(welcome({ port, config, isDemo, introspection, notes: [...database.notes, ...gateway.notes] }));
}

await runUntilAsked(start, tell);
