/** `npm run bench -- flood`: what 1,000 new operations of one client, all at once, are to another's persisted ones. */
import { sha256Of } from '../../../gateway/operations/persisted/operation-id.ts';
import { startFlags } from '../../kit/start-flags.ts';
import { table, writeMeasured } from '../command/write-table.ts';
import type { LoadOrder, LoadResult } from '../load/orders.ts';
import { machineFacts } from '../machine/facts.ts';
import { nodeProgram, type Program } from '../machine/program.ts';
import { floodOperation, PUBLISHED } from './operations.ts';

const FLOOD = 1_000;
const BEFORE_SECONDS = 5;

/** As a client's pool has them, and one for each request: Node takes one new connection in a turn, whoever's it is. */
const CONNECTIONS = [100, FLOOD] as const;

/** Somebody asks for the persisted operation so often in a second, whether or not those before are answered. */
const RATE = 200;

/** The second is what the machine alone costs: without it nobody could say what of a delay is ours. */
const SERVERS: readonly FloodedServer[] = [
  { name: 'our gateway', file: 'flooded-gateway.ts', flags: startFlags('gateway') },
  { name: 'a server that does nothing', file: 'idle-server.ts', flags: [] },
];

interface FloodedServer {
  name: string;
  file: string;
  flags: readonly string[];
}

/** Resolves with the exit code. */
export async function runFloodBench(tell: (line: string) => void): Promise<number> {
  const runs: FloodRun[] = [];
  for (const connections of CONNECTIONS) for (const server of SERVERS) runs.push(await runFlood(server, connections));
  const text = report(runs);
  tell(text);
  const wrong = runs.flatMap(({ before, during }) => [before, ...during]).reduce((sum, { failed }) => sum + failed, 0);
  if (wrong > 0) tell(`${wrong} persisted requests were not answered.`);
  else writeMeasured('flood', text);
  return wrong > 0 ? 1 : 0;
}

interface FloodRun {
  server: FloodedServer;
  connections: number;
  before: LoadResult;
  /** Second by second. */
  during: readonly LoadResult[];
  flood: LoadResult;
}

/** A process of its own: a client's share of new operations is taken once. */
async function runFlood(server: FloodedServer, connections: number): Promise<FloodRun> {
  const program = nodeProgram([`test/bench/flood/${server.file}`], { place: 'all' }, server.flags);
  // in processes of their own: how late an answer is must not depend on who asks for a thousand others
  const [asking, flooding] = [loadProcess(), loadProcess()];
  try {
    const [[, port]] = await Promise.all([program.says(/ready: (\d+)/), asking.hears(), flooding.hears()]);
    const persisted = persistedLoad(Number(port));
    await asking.ask({ ...persisted, seconds: 2 });
    const before = await asking.ask<LoadResult>({ ...persisted, seconds: BEFORE_SECONDS });
    let isFlooded = true;
    const flood = flooding.ask<LoadResult>(floodLoad(Number(port), connections)).finally(() => {
      isFlooded = false;
    });
    const during: LoadResult[] = [];
    while (isFlooded) during.push(await asking.ask<LoadResult>({ ...persisted, seconds: 1 }));
    return { server, connections, before, during, flood: await flood };
  } finally {
    await Promise.all([program, asking, flooding].map((each) => each.stop()));
  }
}

const loadProcess = (): Program => nodeProgram(['test/bench/load/load-process.ts'], { place: 'all' });

const persistedLoad = (port: number): Omit<LoadOrder, 'seconds'> => {
  const body = { documentId: sha256Of(PUBLISHED), variables: { urn: '900002' } };
  return {
    kind: 'load',
    port,
    requests: [requestOf('una', body)],
    lengths: null,
    connections: 64,
    isKept: true,
    rate: RATE,
  };
};

/** All of them due within ten milliseconds. */
const floodLoad = (port: number, connections: number): LoadOrder => {
  const requests = Array.from({ length: FLOOD }, (_, index) => requestOf('flood', { query: floodOperation(index) }));
  return { kind: 'load', port, requests, lengths: null, connections, seconds: 0.01, rate: FLOOD * 100 };
};

function requestOf(who: string, body: object): string {
  const text = JSON.stringify(body);
  const head = ['host: bench', 'content-type: application/json', `authorization: Bearer ${who}`].join('\r\n');
  return `POST /graphql HTTP/1.1\r\n${head}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** During the flood: of the seconds that it took, the worst one. */
function report(runs: readonly FloodRun[]): string {
  const facts = `${new Date().toISOString().slice(0, 10)}, \`npm run bench -- flood\`, on ${machineFacts()}.`;
  const row = (when: string, { server }: FloodRun, results: readonly LoadResult[]) => [
    when,
    server.name,
    String(results.reduce((sum, { requests }) => sum + requests, 0)),
    ...(['p50', 'p99', 'most'] as const).map((of) => Math.max(...results.map((each) => each[of])).toFixed(1)),
  ];
  const head = ['persisted operation', 'of', 'requests', 'median, ms', 'p99, ms', 'most, ms'];
  const rows = runs.flatMap((run) => [
    row('before', run, [run.before]),
    row(`during, on ${run.connections} connections, the worst second`, run, run.during),
  ]);
  const answered = runs.map(({ server, connections, flood: { statuses, seconds } }) => {
    const counts = Object.entries(statuses).map(([status, count]) => `${count} with ${status}`);
    return `The ${FLOOD} new operations on ${connections} connections were answered by ${server.name} in ${seconds.toFixed(1)} s: ${counts.join(', ')}.`;
  });
  return [facts, table(head, 'llrrrr', rows), ...answered].join('\n\n');
}
