/** Before anything is measured: every contender gives the right answer to every request. */
import { isDeepStrictEqual } from 'node:util';
import { createBackend } from '../contenders/programs/backend.ts';
import { createSubgraphs } from '../contenders/programs/subgraphs-in-process.ts';
import { type BenchOperation, OPERATIONS, type Size } from '../graph/operations.ts';
import type { Collected } from '../load/orders.ts';
import type { Field, Running } from './field.ts';

/** A contender whose answers are right, and what is asked of it. */
export interface Checked extends Running {
  /** Whole HTTP messages. */
  requests: readonly string[];
  /** Bytes of the answer to each. */
  lengths: readonly number[];
}

/** Of one operation. What is wrong with a contender is told, and it is left out. */
export async function checkAnswers(
  { running, load }: Pick<Field, 'running' | 'load'>,
  size: Size,
  tell: (line: string) => void,
): Promise<Checked[]> {
  const operation = OPERATIONS[size];
  const expected = await expectedAnswers(operation);
  const checked: Checked[] = [];
  for (const each of able(running, size)) {
    const requests = requestsOf(each, operation);
    // twice: a planner may have prepared the first time, and run what it had prepared the second
    const answers = [await collect(load, each.port, requests), await collect(load, each.port, requests)];
    const problem = answers.map((collected) => problemOf(collected, expected)).find((found) => found !== null);
    if (problem) tell(`Without ${each.contender.title}, for the ${size} operation: ${problem}`);
    else checked.push({ ...each, requests, lengths: (answers[1] ?? []).map(({ body }) => Buffer.byteLength(body)) });
  }
  return checked;
}

export const able = (running: readonly Running[], size: Size): Running[] =>
  running.filter(({ contender: { sizes } }) => sizes === undefined || sizes.includes(size));

const collect = (load: Field['load'], port: number, requests: readonly string[]): Promise<Collected[]> =>
  load.collect({ kind: 'collect', port, requests });

const requestsOf = ({ contender }: Running, operation: BenchOperation): string[] =>
  operation.variables.map((variables) => {
    const { path, body } = contender.requestOf(operation, variables);
    const text = JSON.stringify(body);
    const head = ['host: bench', 'content-type: application/json', 'accept: application/json'].join('\r\n');
    return `POST ${path} HTTP/1.1\r\n${head}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  });

/** From the subgraphs, by no gateway. */
async function expectedAnswers({ name, variables }: BenchOperation): Promise<unknown[]> {
  const run = createSubgraphs();
  const backend = createBackend(async (subgraph, query, given) => {
    const { data } = await run(subgraph, query, given);
    return JSON.parse(JSON.stringify(data));
  });
  const answer = backend[name as keyof typeof backend] as (given: object) => Promise<unknown>;
  return Promise.all(variables.map(async (given) => ({ data: await answer(given) })));
}

/** What of the answers is not as it should be; null where all is. */
export function problemOf(answers: readonly Collected[], expected: readonly unknown[]): string | null {
  for (const [index, { status, body }] of answers.entries()) {
    if (status !== 200) return `request ${index} was answered with ${status}: ${body.slice(0, 300)}`;
    if (!isDeepStrictEqual(parsed(body), expected[index]))
      return `the answer to request ${index} is not the right one: ${body.slice(0, 300)}`;
  }
  return answers.length === expected.length ? null : `there were ${answers.length} answers`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
