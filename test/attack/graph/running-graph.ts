/**
 * The graph as it runs on a network: the gateway in one process, the subgraphs behind their own ports in another, with the
 * demo, in a folder of its own that goes when the attack ends.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueToken } from '../../../gateway/auth/access-token.ts';
import { THROTTLE_CODES } from '../../../gateway/policy/throttles/throttled.ts';
import { findRunning } from '../../../subgraphs/kernel/database/run-file.ts';
import { openSecrets } from '../../../subgraphs/kernel/database/secrets.ts';
import { TEST_TODAY } from '../../kit/clock.ts';
import type { AttackedGraph } from './attacked-graph.ts';
import { startProgram } from './child-process.ts';
import { openSubgraphDoors } from './subgraph-doors.ts';

/** Where many wait for few connections, a call that waits its turn is none that failed. */
const PATIENT = { SUBGRAPH_TIMEOUT_MS: '25000', DEADLINE_MS: '28000' };

/** An attack asks for more in a minute than anybody: what it looks for is behind what a client may do in one. */
const UNTHROTTLED = Object.fromEntries(
  Object.values(THROTTLE_CODES).flatMap((name) => [name, `${name}_STRANGERS`].map((each) => [each, '9999999'])),
);

export interface RunningGraph extends AttackedGraph {
  stop(): Promise<void>;
}

interface RunningGraphOptions {
  /** Database connections of each subgraph at the most. */
  poolSize?: number | undefined;
}

export async function startRunningGraph({ poolSize }: RunningGraphOptions = {}): Promise<RunningGraph> {
  const folder = mkdtempSync(join(tmpdir(), 'schoolgraph-attack-'));
  const dataDir = join(folder, 'graph');
  const settings = { DATA_DIR: dataDir, TODAY: TEST_TODAY, LOG_LEVEL: 'info' };
  const subgraphs = startProgram('subgraphs', {
    ...settings,
    SUBGRAPH_PORTS: 'students=0,shared-teaching=0',
    ...(poolSize && { POOL_SIZE: `${poolSize}` }),
  });
  const [, urls = ''] = await subgraphs.says(/SUBGRAPH_URLS=(\S+)/);
  const gateway = startProgram('gateway', {
    ...settings,
    ...UNTHROTTLED,
    PORT: '0',
    SUBGRAPH_URLS: urls,
    ...(poolSize && PATIENT),
  });
  const [, port] = await gateway.says(/The gateway is ready: http:\/\/\S+?:(\d+)\/graphql/);
  const running = findRunning(dataDir);
  if (!running) throw new Error('Expected the subgraphs to say in run.json where the database is.');
  const { secrets } = openSecrets(dataDir);
  const doors = openSubgraphDoors(
    Object.fromEntries(urls.split(',').map((each) => each.split('=') as [string, string])),
  );
  const programs = [gateway, subgraphs];
  return {
    url: `http://127.0.0.1:${port}`,
    adminUrl: running.databaseUrl,
    envelopeKeys: secrets.envelopeKeys,
    subgraphs: doors.subgraphs,
    tokenFor: (account) => issueToken(secrets.tokenKey, account, new Date()),
    now: () => new Date(),
    log: () => programs.map(({ said }) => said()).join(''),
    memory: () => programs.reduce((sum, program) => sum + program.memory(), 0),
    isAlive: () => programs.every((program) => program.isAlive()),
    async stop() {
      await doors.close();
      for (const program of programs) await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
