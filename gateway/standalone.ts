/** `npm start`: the whole graph in one process, on an embedded PostgreSQL where no other is named. */
import { readFileSync } from 'node:fs';
import { createClock } from '../subgraphs/kernel/clock.ts';
import { announceRunning } from '../subgraphs/kernel/database/run-file.ts';
import { type Lifetime, LONG_CLOSE_MS } from '../subgraphs/kernel/process/lifetime.ts';
import { refuseTakenPort } from '../subgraphs/kernel/process/listening.ts';
import { runCommand, takesNothing } from '../subgraphs/kernel/process/run-command.ts';
import { createTelemetry } from '../subgraphs/kernel/telemetry/telemetry.ts';
import { openGraphProcess } from '../subgraphs/open-graph-process.ts';
import { registry } from '../subgraphs/registry.ts';
import { readConfig } from './config.ts';
import { MAX_ANSWER_BYTES } from './engine/transport/time-limit.ts';
import { ownKeysOf } from './keys/own-keys.ts';
import { callInProcess } from './standalone/in-process-calls.ts';
import { createStandaloneGateway } from './standalone/serve.ts';
import { welcome } from './standalone/welcome.ts';
import { createEngine } from './start/engine.ts';
import { keepInMind } from './start/kept-in-mind.ts';
import { GATEWAY_ADDRESS, listen } from './start/listen.ts';
import { openStore } from './store/store.ts';
import { createGatewayTelemetry } from './telemetry/gateway-telemetry.ts';

const USAGE = `Usage: npm start

Runs the whole graph on this machine: the gateway, the subgraphs and, where DATABASE_URL names no
PostgreSQL server, an embedded one. An empty database gets the demo. It says when it is ready and
where; a signal (Ctrl-C) stops it.

Options
  -h, --help     this text

Environment
  PORT           where to listen (default 4000), 0 for any free port
  LISTEN_HOST    on which address (default 127.0.0.1)
  DATA_DIR       its folder (default .data): secrets, and the embedded database
  DATABASE_URL   a PostgreSQL server of yours instead
  All others are in gateway/README.md.

Exit codes: 0 asked to stop, 1 did not start, 2 called wrongly.`;

async function start(lifetime: Lifetime, tell: (line: string) => void): Promise<void> {
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
  const gatewayTelemetry = createGatewayTelemetry(telemetry);
  const { databaseUrl } = keys;
  const { unread } = gatewayTelemetry;
  const realClock = createClock();
  const kept = await keepInMind({ store, databaseUrl, lifetime, clock: realClock, unread });
  const gateway = await createStandaloneGateway({
    createEngine,
    supergraph: readFileSync(new URL('../schema/supergraph.graphql', import.meta.url), 'utf8'),
    store,
    ...kept,
    keys,
    isDemo,
    clock,
    realClock,
    front: config.front,
    call: callInProcess({
      subgraphs,
      limits: { timeoutMs: config.subgraphTimeoutMs, maxBytes: MAX_ANSWER_BYTES },
      observed: gatewayTelemetry.transport,
      reportError: telemetry.reportError,
    }),
    deadlineMs: config.deadlineMs,
    reportError: telemetry.reportError,
    telemetry: gatewayTelemetry,
    metricsToken: config.metricsToken,
  });
  lifetime.started('The gateway', gateway.close, LONG_CLOSE_MS);
  const port = await listen(gateway, config);
  announceRunning(config.dataDir, { databaseUrl: database.adminUrl, port });
  const { introspection } = gateway;
  tell(welcome({ port, config, isDemo, introspection, notes: [...database.notes, ...gateway.notes] }));
}

await runCommand({ usage: USAGE, parse: takesNothing, serve: (_nothing, lifetime, tell) => start(lifetime, tell) });
