/** `npm run bench -- flood`: what 1,000 new operations of one client, all at once, are to another's persisted ones. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sha256Of } from '../../../gateway/operations/persisted/operation-id.ts';
import { table, writeMeasured } from '../command/write-table.ts';
import { median, percentile } from '../load/percentile.ts';
import { machineFacts } from '../machine/facts.ts';
import { nodeProgram } from '../machine/program.ts';
import { floodOperation, PUBLISHED } from './operations.ts';

const FLOOD = 1_000;
const BEFORE_MS = 5_000;

/** So often somebody asks for the persisted operation, whether or not the one before was answered. */
const EVERY_MS = 5;

/** Resolves with the exit code. */
export async function runFloodBench(tell: (line: string) => void): Promise<number> {
  const gateway = nodeProgram(['test/bench/flood/flooded-gateway.ts'], { place: 'all' });
  try {
    const [, port] = await gateway.says(/ready: (\d+)/);
    const ask = createAsk(`http://127.0.0.1:${port}/graphql`);
    await persisted(ask, sleep(1_000));
    const before = await persisted(ask, sleep(BEFORE_MS));
    const startedAt = performance.now();
    const flood = Promise.all(
      Array.from({ length: FLOOD }, (_, index) => ask('flood', { query: floodOperation(index) })),
    );
    const during = await persisted(ask, flood);
    const seconds = (performance.now() - startedAt) / 1000;
    const statuses = (await flood).map(({ status }) => status);
    const wrong = [...before, ...during].filter(({ status }) => status !== 200).length;
    const text = report(before, during, statuses, seconds);
    tell(text);
    if (wrong > 0) tell(`${wrong} persisted requests were not answered.`);
    else writeMeasured('flood', text);
    return wrong > 0 ? 1 : 0;
  } finally {
    await gateway.stop();
  }
}

interface Asked {
  status: number;
  ms: number;
}

type Ask = (who: string, body: object) => Promise<Asked>;

const createAsk =
  (url: string): Ask =>
  async (who, body) => {
    const startedAt = performance.now();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${who}` };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    await response.arrayBuffer();
    return { status: response.status, ms: performance.now() - startedAt };
  };

/** Asked for at a fixed pace, until something else has ended. */
async function persisted(ask: Ask, until: Promise<unknown>): Promise<Asked[]> {
  let isOver = false;
  const over = until.finally(() => {
    isOver = true;
  });
  const body = { documentId: sha256Of(PUBLISHED), variables: { urn: '900002' } };
  const asked: Promise<Asked>[] = [];
  while (!isOver) {
    asked.push(ask('una', body));
    await sleep(EVERY_MS);
  }
  await over;
  return Promise.all(asked);
}

function report(before: Asked[], during: Asked[], statuses: number[], seconds: number): string {
  const facts = `${new Date().toISOString().slice(0, 10)}, \`npm run bench -- flood\`, on ${machineFacts()}.`;
  const row = (when: string, asked: Asked[]) => {
    const times = asked.map(({ ms }) => ms);
    return [when, String(asked.length), median(times).toFixed(1), percentile(times, 0.99).toFixed(1)];
  };
  const rows = [row('before', before), row('during', during)];
  const of = (status: number) => statuses.filter((each) => each === status).length;
  return [
    facts,
    table(['persisted operation', 'requests', 'median, ms', 'p99, ms'], 'lrrr', rows),
    `Of the ${FLOOD} new operations ${of(200)} were planned and answered, ${of(429)} refused (429), in ${seconds.toFixed(1)} s.`,
  ].join('\n\n');
}
