/** `npm run bench -- flood`: what 1,000 new operations of one client, all at once, are to another's persisted ones. */
import { sha256Of } from '../../../gateway/operations/persisted/operation-id.ts';
import { table, writeMeasured } from '../command/write-table.ts';
import type { LoadOrder, LoadResult } from '../load/orders.ts';
import { machineFacts } from '../machine/facts.ts';
import { nodeProgram, type Program } from '../machine/program.ts';
import { floodOperation, PUBLISHED } from './operations.ts';

const FLOOD = 1_000;
const BEFORE_SECONDS = 5;

/** Somebody asks for the persisted operation so often in a second, whether or not those before are answered. */
const RATE = 200;

/** Resolves with the exit code. */
export async function runFloodBench(tell: (line: string) => void): Promise<number> {
  const gateway = nodeProgram(['test/bench/flood/flooded-gateway.ts'], { place: 'all' });
  // in processes of their own: how late an answer is must not depend on who asks for a thousand others
  const [asking, flooding] = [loadProcess(), loadProcess()];
  try {
    const [[, port]] = await Promise.all([gateway.says(/ready: (\d+)/), asking.hears(), flooding.hears()]);
    const persisted = persistedLoad(Number(port));
    await asking.ask({ ...persisted, seconds: 2 });
    const before = await asking.ask<LoadResult>({ ...persisted, seconds: BEFORE_SECONDS });
    let isFlooded = true;
    const flood = flooding.ask<LoadResult>(floodLoad(Number(port))).finally(() => {
      isFlooded = false;
    });
    const during: LoadResult[] = [];
    while (isFlooded) during.push(await asking.ask<LoadResult>({ ...persisted, seconds: 1 }));
    const text = report(before, during, await flood);
    tell(text);
    const wrong = [before, ...during].reduce((sum, { failed }) => sum + failed, 0);
    if (wrong > 0) tell(`${wrong} persisted requests were not answered.`);
    else writeMeasured('flood', text);
    return wrong > 0 ? 1 : 0;
  } finally {
    await Promise.all([gateway, asking, flooding].map((program) => program.stop()));
  }
}

const loadProcess = (): Program => nodeProgram(['test/bench/load/load-process.ts'], { place: 'all' });

const persistedLoad = (port: number): Omit<LoadOrder, 'seconds'> => {
  const body = { documentId: sha256Of(PUBLISHED), variables: { urn: '900002' } };
  return { kind: 'load', port, requests: [requestOf('una', body)], lengths: null, connections: 64, rate: RATE };
};

/** Each on a connection of its own, all of them due within ten milliseconds. */
const floodLoad = (port: number): LoadOrder => {
  const requests = Array.from({ length: FLOOD }, (_, index) => requestOf('flood', { query: floodOperation(index) }));
  return { kind: 'load', port, requests, lengths: null, connections: FLOOD, seconds: 0.01, rate: FLOOD * 100 };
};

function requestOf(who: string, body: object): string {
  const text = JSON.stringify(body);
  const head = ['host: bench', 'content-type: application/json', `authorization: Bearer ${who}`].join('\r\n');
  return `POST /graphql HTTP/1.1\r\n${head}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** During the flood: of the seconds that it took, the worst one. */
function report(before: LoadResult, during: readonly LoadResult[], flood: LoadResult): string {
  const facts = `${new Date().toISOString().slice(0, 10)}, \`npm run bench -- flood\`, on ${machineFacts()}.`;
  const row = (when: string, results: readonly LoadResult[]) => [
    when,
    String(results.reduce((sum, { requests }) => sum + requests, 0)),
    ...(['p50', 'p99', 'most'] as const).map((of) => Math.max(...results.map((each) => each[of])).toFixed(1)),
  ];
  const head = ['persisted operation', 'requests', 'median, ms', 'p99, ms', 'most, ms'];
  const rows = [row('before', [before]), row('during, the worst second', during)];
  const statuses = Object.entries(flood.statuses).map(([status, count]) => `${count} with ${status}`);
  return [
    facts,
    table(head, 'lrrrr', rows),
    `The ${FLOOD} new operations were answered in ${flood.seconds.toFixed(1)} s: ${statuses.join(', ')}.`,
  ].join('\n\n');
}
