/**
 * Clients that hold connections and take their time: they say nothing, say it a byte at a time, or do not take what they
 * have asked for. All of them are to be cut off within ten seconds, and whoever asks meanwhile is to be served.
 */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack, AttackRun, Counts, FoundCase } from '../attack.ts';

/** In which every one of them is to be cut off. */
const MOST_HELD_MS = 10_000;
const LONGEST_HONEST_MS = 3_000;
/** Between two bytes of a slow one, and between two honest requests. */
const DRIP_MS = 1_000;
const HONEST_EACH_MS = 250;
/** How many connect at once: more would wait for one another in the system's own queue. */
const CONNECT_AT_ONCE = 100;
/** One in so many does not take its answer: each costs the server what it holds of it. */
const NOT_READING_EACH = 30;

const BODY = '{"query":"{ __typename }"}';
const HEAD = 'POST /graphql HTTP/1.1\r\nhost: slow.example\r\ncontent-type: application/json\r\n';

interface Slow {
  name: string;
  /** Said at once. */
  opening: string;
  /** Said a character at a time after that. */
  drips: string;
  isReading: boolean;
}

const SLOW: readonly Slow[] = [
  { name: 'says nothing', opening: '', drips: '', isReading: true },
  { name: 'sends its headers slowly', opening: HEAD, drips: `x-slow: ${'x'.repeat(99)}`, isReading: true },
  { name: 'begins slowly', opening: '', drips: HEAD, isReading: true },
  { name: 'sends its body slowly', opening: `${HEAD}content-length: 999\r\n\r\n`, drips: BODY, isReading: true },
  {
    name: 'sends chunks slowly',
    opening: `${HEAD}transfer-encoding: chunked\r\n\r\n`,
    drips: '1\r\n{\r\n1\r\n"\r\n1\r\nq\r\n',
    isReading: true,
  },
  {
    name: 'stays after its answer',
    opening: `${HEAD}content-length: ${BODY.length}\r\n\r\n${BODY}`,
    drips: '',
    isReading: true,
  },
  {
    name: 'begins another request slowly after its answer',
    opening: `${HEAD}content-length: ${BODY.length}\r\n\r\n${BODY}`,
    drips: HEAD,
    isReading: true,
  },
];

const notReading = (path: string): Slow => ({
  name: 'does not take its answer',
  opening: `GET ${path} HTTP/1.1\r\nhost: slow.example\r\n\r\n`,
  drips: '',
  isReading: false,
});

interface SlowClients {
  url: string;
  count: number;
  /** The path of something that is longer than what a system holds of a connection; null where there is none. */
  longPath: string | null;
  signal: AbortSignal;
}

export interface Held {
  name: string;
  /** From its connection until it was cut off; null where it never was. */
  heldMs: number | null;
}

export interface HonestAnswers {
  served: number;
  slowestMs: number;
  /** What one who was not served rightly was told instead. */
  problems: string[];
}

export async function attackSlowly({
  url,
  count,
  longPath,
  signal,
}: SlowClients): Promise<{ held: Held[]; honest: HonestAnswers }> {
  const done = new AbortController();
  const honest = askHonestly(url, AbortSignal.any([signal, done.signal]));
  const kinds = Array.from({ length: count }, (_, index) => kindOf(index, longPath));
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

function kindOf(index: number, longPath: string | null): Slow {
  if (longPath !== null && index % NOT_READING_EACH === 0) return notReading(longPath);
  return SLOW[index % SLOW.length] as Slow;
}

function openSlowly(url: string, { name, opening, drips, isReading }: Slow) {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const { promise: opened, resolve } = Promise.withResolvers<void>();
  const start = Date.now();
  const end = new Promise<Held>((tell) => {
    socket.once('close', () => {
      resolve();
      tell({ name, heldMs: Date.now() - start });
    });
    giveUpLate(socket, isReading, () => tell({ name, heldMs: null }));
  });
  socket.on('error', () => {});
  socket.once('connect', () => {
    resolve();
    socket.write(opening);
    drip(socket, drips);
  });
  if (isReading) socket.resume();
  else socket.pause();
  return { opened, end };
}

/** One that does not read does not learn that it was cut off either, before it looks. */
function giveUpLate(socket: Socket, isReading: boolean, tell: () => void): void {
  const look = isReading ? null : setTimeout(() => socket.resume(), MOST_HELD_MS);
  const late = setTimeout(() => {
    tell();
    socket.destroy();
  }, MOST_HELD_MS + 2_000);
  socket.once('close', () => {
    if (look) clearTimeout(look);
    clearTimeout(late);
  });
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
  sample: 140,
  seconds: 60,
  async run({ url }, run) {
    const longPath = await longestAsset(url);
    const { held, honest } = await attackSlowly({ url, longPath, ...run });
    return countsOf(held, honest, run);
  },
};

/** The sandbox's editor, which is long; null where there is no sandbox. */
async function longestAsset(url: string): Promise<string | null> {
  const page = await (await fetch(`${url}/sandbox`)).text();
  const scripts = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? '');
  for (const path of scripts) {
    const { length } = await (await fetch(`${url}${path}`, { headers: { 'accept-encoding': 'identity' } })).text();
    if (length > LONG) return path;
  }
  return null;
}

const LONG = 8 * 2 ** 20;

function countsOf(held: readonly Held[], { served, slowestMs, problems }: HonestAnswers, { count }: AttackRun): Counts {
  const late = held.filter(({ heldMs }) => heldMs === null || heldMs > MOST_HELD_MS + 1_000);
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
