/**
 * Requests that nobody should send: real ones, mutated in their operation, their JSON, their bytes, their headers and
 * their framing. None may crash the graph, hang it, or make it say anything but an error of its own shape.
 */
import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { demoStaff } from '../../../subgraphs/kernel/demo/staff.ts';
import * as written from '../../federation/operations.ts';
import type { Attack, Finding, Outcome } from '../attack.ts';
import type { AttackedGraph } from '../graph/attacked-graph.ts';
import type { Random } from '../random.ts';
import { faultOf } from '../requests/answer-shape.ts';
import { createClient } from '../requests/client.ts';
import { generateOperation } from '../requests/generate-operation.ts';
import { graphqlPost, type HttpRequest, toBytes } from '../requests/http-request.ts';
import { BODY_MUTATIONS } from '../requests/mutate-body.ts';
import { HTTP_MUTATIONS, mutateWire } from '../requests/mutate-http.ts';
import { OPERATION_MUTATIONS } from '../requests/mutate-operation.ts';
import { type RawResult, sendRaw } from '../requests/raw-http.ts';
import { runCases } from '../run-cases.ts';

/** A little more than the time in which the server itself gives up on a request. */
const PATIENCE_MS = 15_000;
/** A request that is not all there is ended so soon. */
const LONGEST_TO_WAIT_FOR_MORE_MS = 1_000;
/** Of the cases, those that leave the server waiting for more, rather than saying that nothing more comes. */
const LEFT_WAITING = 0.002;
/** After so many cases an honest caller asks, and is to be served. */
const HONEST_EACH = 200;
const LONGEST_HONEST_MS = 12_000;
/** How much more memory the second half of them may leave than the first: what is bounded is full by then. */
const MOST_MEMORY_ADDED = 300 * 2 ** 20;

const ALICE = 'data-lead@birchwood.example';
const HONEST = '{ viewer { name role } guestProfiles(first: 1) { nodes { displayName } } }';

const schema = buildSchema(readFileSync(new URL('../../../schema/api.graphql', import.meta.url), 'utf8'));
const OPERATIONS = Object.values(written);
const IDS = ['stu_AAAAAAAAAAAAAAAAAAAAAA', 'gst_AAAAAAAAAAAAAAAAAAAAAA', 'crs_x', '', 'no-id'];

export const mutatedRequests: Attack = {
  name: 'mutated-requests',
  threat: 'A request that is malformed in any way crashes, hangs or empties the graph, or makes it tell of its inside',
  count: 100_000,
  sample: 400,
  seconds: 600,
  async run(graph, run) {
    const [token, client, before] = [
      await graph.tokenFor(demoStaff(ALICE)),
      createClient(graph.url, 2),
      graph.memory(),
    ];
    let half = 0;
    const honest = () => client.ask(token, { query: HONEST });
    const expected = (await honest()).text;
    const port = Number(new URL(graph.url).port);
    const counts = await runCases({ name: this.name, atOnce: 48 }, run, async (random, number) => {
      if (number === Math.floor(run.count / 2)) half = graph.memory();
      if (number % HONEST_EACH === 0) {
        const unserved = await honestFinding(honest, expected);
        if (unserved) return unserved;
      }
      const { request, bytes, mutations } = mutatedRequest(token, random);
      const halfCloseAfter = random.chance(LEFT_WAITING) ? null : LONGEST_TO_WAIT_FOR_MORE_MS;
      const result = await sendRaw(bytes, { port, patience: PATIENCE_MS, method: request.method, halfCloseAfter });
      const outcome = outcomeOf(result);
      return typeof outcome === 'string' ? outcome : { found: `${outcome.found} (${mutations.join(', ')})` };
    });
    await client.close();
    const memory = { before, half, after: graph.memory() };
    const findings = [...counts.findings, ...aftermath(graph, memory)];
    const [first, middle, last] = Object.values(memory).map((bytes) => Math.round(bytes / 2 ** 20));
    return { ...counts, findings, note: `memory ${first} MiB at first, ${middle} at half, ${last} at the end` };
  },
};

/** One to three mutations of a real request; each by its name. */
function mutatedRequest(token: string, random: Random): { request: HttpRequest; bytes: Buffer; mutations: string[] } {
  const mutations: string[] = [];
  const apply = <Mutation>(table: Readonly<Record<string, Mutation>>): Mutation => {
    const [name, mutation] = random.pick(Object.entries(table));
    mutations.push(name);
    return mutation;
  };
  let query = random.chance(0.05) ? generateOperation(schema, random, IDS) : random.pick(OPERATIONS);
  const level = random.pick(['operation', 'body', 'http', 'operation and body', 'body and http', 'wire'] as const);
  if (level.includes('operation')) query = apply(OPERATION_MUTATIONS)(query, random);
  const body = { query, variables: { id: random.pick(IDS), first: 2, on: '2026-11-18' } };
  let request = graphqlPost(random.chance(0.9) ? token : null, body);
  if (level.includes('body')) request = { ...request, body: apply(BODY_MUTATIONS)(body, random) };
  if (level.includes('http')) request = apply(HTTP_MUTATIONS)(request, random);
  if (level !== 'wire') return { request, bytes: toBytes(request), mutations };
  return { request, bytes: mutateWire(toBytes(request), random), mutations: [...mutations, 'bytes of the message'] };
}

/** What may become of a malformed request: an answer of the graph's own shape, or the connection's end. */
function outcomeOf(result: RawResult): Outcome {
  if (result.kind === 'hanging')
    return { found: `Expected an answer or the connection’s end within ${PATIENCE_MS} ms.` };
  if (result.kind === 'closed')
    return result.received.length === 0
      ? 'refused'
      : { found: 'Expected a whole answer; the connection ended in the middle of one.' };
  const fault = faultOf(result);
  if (fault) return { found: fault };
  return result.status === 200 ? 'served' : 'refused';
}

async function honestFinding(honest: () => Promise<{ text: string }>, expected: string): Promise<Finding | null> {
  const start = Date.now();
  const { text } = await honest();
  if (text !== expected) return { found: 'Expected an honest caller to be served as before.' };
  const took = Date.now() - start;
  return took > LONGEST_HONEST_MS
    ? { found: `Expected an honest caller to be served within ${LONGEST_HONEST_MS} ms, not ${took} ms.` }
    : null;
}

interface MemoryMarks {
  before: number;
  half: number;
  after: number;
}

function aftermath(graph: AttackedGraph, { half, after }: MemoryMarks) {
  const findings: { case: number; found: string }[] = [];
  if (!graph.isAlive()) findings.push({ case: 0, found: 'Expected the process to live on.' });
  const added = half > 0 ? after - half : 0;
  if (added > MOST_MEMORY_ADDED)
    findings.push({
      case: 0,
      found: `Expected memory to be bounded; the second half added ${Math.round(added / 2 ** 20)} MiB.`,
    });
  return findings;
}
