/** The graph as `npm start` runs it, in a process and a folder of its own, which go when the attack ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { issueToken } from '../../../gateway/auth/access-token.ts';
import { findRunning } from '../../../subgraphs/kernel/database/run-file.ts';
import { openSecrets } from '../../../subgraphs/kernel/database/secrets.ts';
import { createDemoClock } from '../../../subgraphs/kernel/demo/demo-clock.ts';
import { TEST_TODAY } from '../../kit/clock.ts';
import type { AttackedGraph } from './attacked-graph.ts';
import { openSubgraphDoors } from './subgraph-doors.ts';

const STANDALONE = join(import.meta.dirname, '../../../gateway/standalone.ts');
const LONGEST_START_MS = 120_000;

export interface RunningGraph extends AttackedGraph {
  stop(): Promise<void>;
}

export async function startRunningGraph(): Promise<RunningGraph> {
  const folder = mkdtempSync(join(tmpdir(), 'schoolgraph-attack-'));
  const dataDir = join(folder, 'graph');
  const { child, log } = spawnStandalone(dataDir);
  const url = await readyUrl(child, log);
  const { secrets } = openSecrets(dataDir);
  const running = findRunning(dataDir);
  if (!running) throw new Error('Expected the graph to say in run.json where its database is.');
  const clock = createDemoClock(TEST_TODAY);
  const doors = await openSubgraphDoors({ adminUrl: running.databaseUrl, secrets, clock });
  return {
    url,
    adminUrl: running.databaseUrl,
    envelopeKeys: secrets.envelopeKeys,
    subgraphs: doors.subgraphs,
    tokenFor: (account) => issueToken(secrets.tokenKey, account, new Date()),
    now: clock.now,
    log,
    memory: () => residentMemory(child.pid),
    isAlive: () => child.exitCode === null && child.signalCode === null,
    async stop() {
      await doors.close();
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function spawnStandalone(dataDir: string): { child: ChildProcess; log: () => string } {
  const { PATH, LANG, HOME } = process.env;
  // of the environment only what the program needs: the attack's own settings are not the graph's
  const env = { PATH, LANG, HOME, DATA_DIR: dataDir, PORT: '0', TODAY: TEST_TODAY };
  const child = spawn(process.execPath, [STANDALONE], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  process.once('exit', () => child.kill('SIGTERM'));
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => said.push(text));
  return { child, log: () => said.join('') };
}

async function readyUrl(child: ChildProcess, log: () => string): Promise<string> {
  for (const deadline = Date.now() + LONGEST_START_MS; Date.now() < deadline; await sleep(100)) {
    const port = /Schoolgraph is ready: http:\/\/localhost:(?<port>\d+)/.exec(log())?.groups?.port;
    if (port) return `http://127.0.0.1:${port}`;
    if (child.exitCode !== null) break;
  }
  throw new Error(`Expected the graph to start. It said:\n${log()}`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}

/** Where the system does not say (other than Linux) it is 0, and the bound is not looked at. */
function residentMemory(pid: number | undefined): number {
  try {
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}
