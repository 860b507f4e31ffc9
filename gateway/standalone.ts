/** `npm start`: the whole graph in one process, on an embedded PostgreSQL where no other is named. */
import { readFileSync } from 'node:fs';
import { createClock } from '../subgraphs/kernel/clock.ts';
import { prepareDatabase } from '../subgraphs/kernel/database/prepare-database.ts';
import { announceRunning } from '../subgraphs/kernel/database/run-file.ts';
import { clockOf } from '../subgraphs/kernel/demo/demo-clock.ts';
import { seedDemo } from '../subgraphs/kernel/process/demo-data.ts';
import { type Lifetime, LONG_CLOSE_MS, runUntilAsked } from '../subgraphs/kernel/process/lifetime.ts';
import { refuseTakenPort } from '../subgraphs/kernel/process/listening.ts';
import { startSealing } from '../subgraphs/kernel/process/sealing.ts';
import { openSubgraphs, startEvents } from '../subgraphs/kernel/process/subgraphs.ts';
import { takeDatabase } from '../subgraphs/kernel/process/take-database.ts';
import { tenantOf } from '../subgraphs/kernel/subgraph/define-subgraph.ts';
import { createTelemetry } from '../subgraphs/kernel/telemetry/telemetry.ts';
import { registry } from '../subgraphs/registry.ts';
import { readConfig } from './config.ts';
import { withLimits } from './engine/transport/limited-transport.ts';
import { MAX_ANSWER_BYTES } from './engine/transport/time-limit.ts';
import { createInProcessTransport } from './standalone/in-process-transport.ts';
import { createStandaloneGateway } from './standalone/serve.ts';
import { welcome } from './standalone/welcome.ts';
import { GATEWAY_ADDRESS, listen } from './start/listen.ts';
import { seedDemoAccounts } from './store/demo-accounts.ts';
import { markIfEmpty } from './store/demo-mark.ts';
import { openStore, pingStore } from './store/store.ts';
import { GATEWAY } from './store/tenant.ts';
import { createGatewayTelemetry } from './telemetry/gateway-telemetry.ts';

const tell = (line: string): void => console.log(line);

async function start(lifetime: Lifetime): Promise<void> {
  const config = readConfig();
  if (config.underNpm) lifetime.followParent();
  await refuseTakenPort(config, GATEWAY_ADDRESS);
  tell(`Schoolgraph on Node ${process.version}`);
  const telemetry = createTelemetry({ service: 'schoolgraph', ...config });
  lifetime.started('The telemetry', telemetry.shutdown);
  const database = await takeDatabase(config, lifetime, tell);
  const { adminUrl, secrets, notes } = database;

  const definitions = await Promise.all(registry.map(({ load }) => load()));
  telemetry.names.add(
    'event',
    definitions.flatMap(({ subscriptions }) => Object.keys(subscriptions)),
  );
  const tenants = [...definitions.map(tenantOf), GATEWAY];
  await prepareDatabase(database, tenants);

  const store = await openStore(adminUrl, secrets.database);
  lifetime.started('The store', () => store.close(true));
  const isDemo = await markIfEmpty(store, adminUrl, tenants);
  const clock = clockOf(config.today, isDemo);

  const here = { database, clock, lifetime };
  const subgraphs = await openSubgraphs(definitions, here, { reportError: telemetry.reportError });
  const worker = await startEvents(subgraphs, here, telemetry.reportFailedEvent);
  startSealing(here, telemetry);
  if (isDemo) {
    await seedDemoAccounts(store, clock.now());
    await seedDemo({ subgraphs, seeds: registry, worker, clock, lifetime, tell });
  }

  const gateway = await createStandaloneGateway({
    supergraph: readFileSync(new URL('../schema/supergraph.graphql', import.meta.url), 'utf8'),
    store,
    transport: withLimits(createInProcessTransport(subgraphs), {
      timeoutMs: config.subgraphTimeoutMs,
      maxBytes: MAX_ANSWER_BYTES,
    }),
    secrets,
    clock,
    tokenClock: createClock(),
    readiness: { database: () => pingStore(store) },
    deadlineMs: config.deadlineMs,
    // what is not a demo's is somebody's
    settings: { ...config.front, isProduction: config.front.isProduction || !isDemo },
    reportError: telemetry.reportError,
    telemetry: createGatewayTelemetry(telemetry),
    metricsToken: config.metricsToken,
  });
  lifetime.started('The gateway', gateway.close, LONG_CLOSE_MS);
  const port = await listen(gateway, config);
  announceRunning(config.dataDir, { databaseUrl: adminUrl, port });
  tell(welcome({ port, config, isDemo, notes }));
}

await runUntilAsked(start, tell);
