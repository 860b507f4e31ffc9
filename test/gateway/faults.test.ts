/**
 * A subgraph that fails, in each of fourteen ways: the part of the answer that does not need it is answered in time, the
 * rest is told at its places in words that say nothing of the inside, and it comes back by itself.
 */
import dns from 'node:dns';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Answer, type Graph, startGraph } from '../kit/graph.ts';
import { FAULTS, type Fault, type FaultySubgraph, startFaultySubgraph } from './faulty-subgraph.ts';

const TIMEOUT_MS = 1_000;
const DEADLINE_MS = 3_000;
const CIRCUIT = { failures: 3, pauseMs: 1_000 };
/** An answer's cap, and what is under way in buffers of the system when the connection is closed. */
const MOST_TAKEN = (10 + 20) * 1024 * 1024;

interface Case {
  subgraph: string;
  caller: string;
  query: string;
  /** Places in the answer that it is called for. */
  places: (string | number)[][];
  /** What does not need it. */
  healthy: (data: Record<string, unknown>) => unknown;
}

type Nodes = { nodes: Record<string, unknown>[] };

const CASES: readonly Case[] = [
  {
    subgraph: 'students',
    caller: 'data-lead@birchwood.example',
    query:
      '{ guests: guestProfiles(first: 3) { nodes { id yearGroup name: displayName contacts: emergencyContacts { phone } } } }',
    places: [0, 1, 2].map((index) => ['guests', 'nodes', index]),
    healthy: ({ guests }) => (guests as Nodes).nodes.map(({ id, yearGroup }) => ({ id, yearGroup })),
  },
  {
    subgraph: 'shared-teaching',
    caller: 'data-lead@alder.example',
    query: '{ pupils: students(first: 3) { nodes { id name: displayName elsewhere: guestProfiles { id } } } }',
    places: [0, 1, 2].map((index) => ['pupils', 'nodes', index]),
    healthy: ({ pupils }) => (pupils as Nodes).nodes.map(({ id, name }) => ({ id, name })),
  },
];

/** What must not be in the bytes of an answer. */
const INSIDE =
  /students|shared-teaching|subgraph|127\.0\.0\.1|10\.0\.0\.5|faulty\.example|ECONN|ENOTFOUND|undici|socket|node_modules|\.ts:|\bat \//i;

/** By one lane: how often a subgraph is called is counted, and how long it is waited for. */
const askOnce = async (graph: Graph, caller: string, query: string): Promise<Answer> =>
  graph.send(await graph.tokenFor(caller), { query });

const HOST = 'faulty.example';
let nameIsGone = false;

const { lookup } = dns;
vi.spyOn(dns, 'lookup').mockImplementation(((host: string, options: object, callback: (error: Error) => void) => {
  if (host !== HOST) return lookup(host, options as never, callback as never);
  const gone = Object.assign(new Error(`getaddrinfo ENOTFOUND ${HOST}`), { code: 'ENOTFOUND' });
  if (nameIsGone) process.nextTick(callback, gone);
  else lookup('127.0.0.1', options as never, callback as never);
}) as typeof dns.lookup);

describe.each(CASES)('$subgraph that fails', ({ subgraph, caller, query, places, healthy }) => {
  let graph: Graph;
  let faulty: FaultySubgraph;
  let withoutIt: Answer;
  let whole: Answer;

  beforeAll(async () => {
    const started = await startWithFaulty(subgraph, 'refused');
    [graph, faulty] = [started.graph, started.faulty];
    withoutIt = await ask();
    await faulty.heal();
    whole = await recovered(ask);
  });

  const ask = () => askOnce(graph, caller, query);

  afterEach(async () => {
    nameIsGone = false;
    await faulty.heal();
  });

  it.each(FAULTS)('by %s costs its own places, for a while', async (fault) => {
    nameIsGone = fault === 'DNS gone';
    await faulty.failWith(fault);
    const { answer, took } = await timed(ask);
    expect(took).toBeLessThan(DEADLINE_MS);
    expect(answer.status).toBe(200);
    expect(healthy(answer.body.data ?? {})).toEqual(healthy(whole.body.data ?? {}));
    expect(answer.body.errors?.map(({ message, path }) => ({ message, path }))).toEqual(
      places.map((path) => ({ message: 'Internal error', path })),
    );
    expect(answer.text).not.toMatch(INSIDE);
    expect(faulty.taken).toBeLessThan(MOST_TAKEN);
    expect(faulty.strayed).toBe(0);

    nameIsGone = false;
    await faulty.heal();
    expect((await recovered(ask)).body).toEqual(whole.body);
  });

  it('B-12 is down while the gateway starts: the rest is answered, what is missing is told, and it comes back', () => {
    expect(healthy(withoutIt.body.data ?? {})).toEqual(healthy(whole.body.data ?? {}));
    expect(withoutIt.body.errors?.map(({ path }) => path)).toEqual(places);
    expect(whole.body.errors).toBeUndefined();
  });

  it('is not called for a while once it has failed often, and tried again by itself', async () => {
    await faulty.failWith('status 500');
    for (let call = 0; call < CIRCUIT.failures; call++) await ask();
    const calls = faulty.calls;
    const answer = await ask();
    expect(faulty.calls).toBe(calls);
    expect(answer.body.errors?.map(({ path }) => path)).toEqual(places);
    await faulty.heal();
    expect((await recovered(ask)).body).toEqual(whole.body);
  });
});

it('a subgraph is waited for no longer than the whole request may take', async () => {
  const [first] = CASES;
  if (!first) throw new Error('Expected a case.');
  const { subgraph, caller, query, places } = first;
  const { graph, faulty } = await startWithFaulty(subgraph, null, { timeoutMs: 60_000 });
  await recovered(() => askOnce(graph, caller, query));
  await faulty.failWith('hang');
  const { answer, took } = await timed(() => askOnce(graph, caller, query));
  expect(took).toBeLessThan(DEADLINE_MS + TIMEOUT_MS);
  expect(answer.body.errors?.map(({ path }) => path)).toEqual(places);
  expect(answer.body.data).not.toBeNull();
});

async function startWithFaulty(subgraph: string, fault: Fault | null, limits: { timeoutMs?: number } = {}) {
  let faulty: FaultySubgraph | undefined;
  const graph = await startGraph({
    transport: 'http',
    deadlineMs: DEADLINE_MS,
    http: {
      timeoutMs: TIMEOUT_MS,
      circuit: CIRCUIT,
      ...limits,
      async urls(real) {
        faulty = await startFaultySubgraph(real[subgraph] ?? '');
        if (fault) await faulty.failWith(fault);
        return { ...real, [subgraph]: `http://${HOST}:${faulty.port}/graphql` };
      },
    },
  });
  if (!faulty) throw new Error('Expected the faulty subgraph to have been put in place.');
  return { graph, faulty };
}

async function timed(ask: () => Promise<Answer>): Promise<{ answer: Answer; took: number }> {
  const start = performance.now();
  const answer = await ask();
  return { answer, took: performance.now() - start };
}

/** The first answer without an error, within five seconds. */
async function recovered(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; tries < 50; tries++) {
    const answer = await ask();
    if (!answer.body.errors) return answer;
    await sleep(100);
  }
  throw new Error(`It did not come back within five seconds: ${(await ask()).text}`);
}
