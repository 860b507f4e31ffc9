/**
 * Clients that hold connections and take their time: they say nothing, say it a byte at a time, or do not take what they
 * have asked for. All of them are to be cut off within ten seconds, and whoever asks meanwhile is to be served.
 */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack, AttackRun, Counts, FoundCase } from '../attack.ts';

/** In which every one of them is to be cut off. */
const MOST_HELD_MS = 10_000;
/** For what an attacker's own process takes to notice. */
const MARGIN_MS = 2_000;
const LONGEST_HONEST_MS = 3_000;
/** Between two bytes of a slow one, and between two honest requests. */
const DRIP_MS = 1_000;
const HONEST_EACH_MS = 250;
/** How many connect at once: more would wait for one another in the system's own queue. */
const CONNECT_AT_ONCE = 100;
/** So many of a hundred do not take their answer: each costs the server what it holds of it. */
const NOT_READING_OF_100 = 3;

const BODY = '{"query":"{ __typename }"}';
const HEAD = 'POST /graphql HTTP/1.1\r\nhost: slow.example\r\ncontent-type: application/json\r\n';

interface Slow {
  name: string;
  /** Said at once. */
  opening: string;
  /** Said a character at a time after that. */
  drips: string;
  /** Of the answer that it does not take; null where it reads. */
  leftBytes: number | null;
}

const SLOW: readonly Slow[] = [
  { name: 'says nothing', opening: '', drips: '', leftBytes: null },
  { name: 'sends its headers slowly', opening: HEAD, drips: `x-slow: ${'x'.repeat(99)}`, leftBytes: null },
  { name: 'begins slowly', opening: '', drips: HEAD, leftBytes: null },
  { name: 'sends its body slowly', opening: `${HEAD}content-length: 999\r\n\r\n`, drips: BODY, leftBytes: null },
  {
    name: 'sends chunks slowly',
    opening: `${HEAD}transfer-encoding: chunked\r\n\r\n`,
    drips: '1\r\n{\r\n1\r\n"\r\n1\r\nq\r\n',
    leftBytes: null,
  },
  {
    name: 'stays after its answer',
    opening: `${HEAD}content-length: ${BODY.length}\r\n\r\n${BODY}`,
    drips: '',
    leftBytes: null,
  },
  {
    name: 'begins another request slowly after its answer',
    opening: `${HEAD}content-length: ${BODY.length}\r\n\r\n${BODY}`,
    drips: HEAD,
    leftBytes: null,
  },
];

const notReading = ({ path, length }: LongAnswer): Slow => ({
  name: 'does not take its answer',
  opening: `GET ${path} HTTP/1.1\r\nhost: slow.example\r\napollo-require-preflight: 1\r\n\r\n`,
  drips: '',
  leftBytes: length,
});

interface SlowClients {
  url: string;
  count: number;
  /** Something that is longer than what a system holds of a connection; null where there is none. */
  long: LongAnswer | null;
  signal: AbortSignal;
}

interface LongAnswer {
  path: string;
  /** In bytes. */
  length: number;
}

interface Held {
  name: string;
  /** From its connection until it was cut off; null where it never was. */
  heldMs: number | null;
}

interface HonestAnswers {
  served: number;
  slowestMs: number;
  /** What one who was not served rightly was told instead. */
  problems: string[];
}

export async function attackSlowly({
  url,
  count,
  long,
  signal,
}: SlowClients): Promise<{ held: Held[]; honest: HonestAnswers }> {
  const done = new AbortController();
  const honest = askHonestly(url, AbortSignal.any([signal, done.signal]));
  const kinds = Array.from({ length: count }, (_, index) => kindOf(index, long));
  const held: Promise<Held>[] = [];
  for (let next = 0; next < count && !signal.aborted; next += CONNECT_AT_ONCE) {
    const some = kinds.slice(next, next + CONNECT_AT_ONCE).map((kind) => openSlowly(url, kind));
    held.push(...some.map(({ end }) => end));
    await Promise.all(some.map(({ opened }) => opened));
  }
  const all = await Promise.all(held);
  done.abort();
  return { held: all, honest: await honest };
}

function kindOf(index: number, long: LongAnswer | null): Slow {
  if (long !== null && index % 100 < NOT_READING_OF_100) return notReading(long);
  return SLOW[index % SLOW.length] as Slow;
}

function openSlowly(url: string, { name, opening, drips, leftBytes }: Slow) {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const { promise: opened, resolve } = Promise.withResolvers<void>();
  socket.on('error', () => {});
  socket.once('close', () => resolve());
  socket.once('connect', () => {
    resolve();
    socket.write(opening);
    drip(socket, drips);
  });
  const heldMs = leftBytes === null ? untilCut(socket) : untilLookedAt(socket, leftBytes);
  return { opened, end: heldMs.then((ms): Held => ({ name, heldMs: ms })) };
}

function untilCut(socket: Socket): Promise<number | null> {
  const { promise, resolve } = Promise.withResolvers<number | null>();
  const start = Date.now();
  const late = setTimeout(() => {
    resolve(null);
    socket.destroy();
  }, MOST_HELD_MS + MARGIN_MS);
  socket.once('close', () => {
    clearTimeout(late);
    resolve(Date.now() - start);
  });
  socket.resume();
  return promise;
}

/** One that does not read does not learn that it was cut off before it looks: then its answer ends before its end. */
async function untilLookedAt(socket: Socket, bytes: number): Promise<number | null> {
  socket.pause();
  await sleep(MOST_HELD_MS);
  let came = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.once('close', () => resolve());
  socket.on('data', (chunk) => {
    came += chunk.length;
    if (came >= bytes) resolve();
  });
  socket.resume();
  await Promise.race([promise, sleep(MARGIN_MS)]);
  const wasCut = socket.closed && came < bytes;
  socket.destroy();
  return wasCut ? MOST_HELD_MS : null;
}

function drip(socket: Socket, text: string): void {
  let next = 0;
  const timer = setInterval(() => {
    if (next < text.length && socket.writable) socket.write(text[next] ?? '');
    next += 1;
  }, DRIP_MS);
  socket.once('close', () => clearInterval(timer));
}

async function askHonestly(url: string, signal: AbortSignal): Promise<HonestAnswers> {
  const honest: HonestAnswers = { served: 0, slowestMs: 0, problems: [] };
  while (!signal.aborted) {
    const start = Date.now();
    // a connection of its own: it is to be let in, too
    const problem = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close' },
      body: BODY,
    }).then(
      async (response) =>
        (await response.text()).trim() === '{"data":{"__typename":"Query"}}' ? null : `status ${response.status}`,
      (error: unknown) => String(error),
    );
    if (problem) honest.problems.push(problem);
    else honest.served += 1;
    honest.slowestMs = Math.max(honest.slowestMs, Date.now() - start);
    await sleep(HONEST_EACH_MS);
  }
  return honest;
}

export const slowClients: Attack = {
  name: 'slow-clients',
  threat: 'Somebody holds thousands of connections without finishing anything, and nobody else gets in',
  count: 3_000,
  // test/gateway/slow-clients.test.ts makes a hundred
  sample: 0,
  seconds: 60,
  async run({ url }, run) {
    const { held, honest } = await attackSlowly({ url, long: await longestAsset(url), ...run });
    return countsOf(held, honest, run);
  },
};

/** The sandbox's editor, which is long; null where there is no sandbox. */
async function longestAsset(url: string): Promise<LongAnswer | null> {
  const page = await (await fetch(`${url}/sandbox`)).text();
  for (const [, path = ''] of page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)) {
    const { byteLength } = await (
      await fetch(`${url}${path}`, { headers: { 'accept-encoding': 'identity' } })
    ).arrayBuffer();
    if (byteLength > LONG) return { path, length: byteLength };
  }
  return null;
}

const LONG = 8 * 2 ** 20;

function countsOf(held: readonly Held[], { served, slowestMs, problems }: HonestAnswers, { count }: AttackRun): Counts {
  const late = held.filter(({ heldMs }) => heldMs === null || heldMs > MOST_HELD_MS + MARGIN_MS);
  const longest = Math.max(...held.map(({ heldMs }) => heldMs ?? Number.POSITIVE_INFINITY));
  const findings: FoundCase[] = [...new Set(late.map(({ name }) => name))].map((name) => ({
    case: 0,
    found: `Expected a client that ${name} to be cut off within ${MOST_HELD_MS} ms.`,
  }));
  if (problems.length > 0)
    findings.push({
      case: 0,
      found: `Expected honest callers to be served meanwhile; ${problems.length} were not (${problems[0]}).`,
    });
  if (slowestMs > LONGEST_HONEST_MS)
    findings.push({
      case: 0,
      found: `Expected honest callers to be served within ${LONGEST_HONEST_MS} ms, not ${slowestMs} ms.`,
    });
  const note = `${served} honest requests meanwhile, the slowest ${slowestMs} ms; the last connection was cut after ${longest} ms`;
  return { tries: Math.max(held.length, count), refused: held.length - late.length, served: 0, findings, note };
}
