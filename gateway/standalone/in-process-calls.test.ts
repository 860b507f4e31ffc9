import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { RunningSubgraph, SubgraphResult } from '../../subgraphs/kernel/subgraph/open-subgraph.ts';
import type { EngineRequest } from '../engine/engine.ts';
import { callInProcess } from './in-process-calls.ts';

type Run = RunningSubgraph['run'];

const LIMITS = { timeoutMs: 1_000, maxBytes: 1_000 };
const READ = {
  query: 'query Read($ids: [ID!]) { a }',
  operationName: 'Read',
  variables: { ids: ['1'] },
  isQuery: true,
};
const CALLER = {
  kind: 'person',
  subject: '0a3c9a52-6a64-5c51-9a52-6a640a3c9a52',
  name: 'Sam',
  role: 'DATA_LEAD',
  school: '900001',
  scopes: ['students:read'],
  client: null,
} as const;

const requestOf = (more: Partial<EngineRequest> = {}): EngineRequest => ({
  caller: CALLER,
  operation: { id: '00000000-0000-7000-8000-000000000002', name: 'Read' },
  grants: [],
  signal: new AbortController().signal,
  hidden: [],
  ...more,
});

/** A subgraph `students`, and how calls to it failed. */
function calling(run: Run, limits = LIMITS) {
  const failures: unknown[] = [];
  const call = callInProcess({
    subgraphs: [{ name: 'students', run }],
    limits,
    observed: (transport) => transport,
    reportError: (_id, error) => failures.push(error),
  });
  return { call, failures };
}

const answering = (result: SubgraphResult) => calling(async () => result);

describe('calls in process', () => {
  it('hand over what is asked, for whom, of which request and with which grants', async () => {
    const seen: Parameters<Run>[] = [];
    const { call } = calling(async (...given) => {
      seen.push(given);
      return { data: { a: 1 } };
    });
    const request = requestOf({ grants: ['granted'] });
    expect(await call('students', READ, request)).toEqual({ data: { a: 1 }, errors: [] });
    const { query, operationName, variables } = READ;
    const { operation, grants } = request;
    expect(seen).toEqual([[CALLER, { query, operationName, variables, extensions: { operation, grants } }]]);
  });

  it('share nothing: neither side sees what the other makes of what it has', async () => {
    const kept = Object.freeze({ of: Object.freeze(['the', 'resolver']) });
    const { call } = calling(async (caller, asked) => {
      (caller as { name: string }).name = 'another';
      (asked.variables as { ids: string[] }).ids.push('2');
      asked.extensions?.grants?.push('forged');
      return { data: { a: kept } };
    });
    const request = requestOf({ grants: ['granted'] });
    const { data } = await call('students', READ, request);
    (data as { a: { of: string[] } }).a.of.push('changed');
    expect([request.caller?.name, READ.variables.ids, request.grants]).toEqual(['Sam', ['1'], ['granted']]);
    expect(kept).toEqual({ of: ['the', 'resolver'] });
  });

  it('tell of errors, and of what was withheld', async () => {
    const hidden = [{ guestProfileId: 'gst_1', field: 'upn', reason: 'OUTSIDE_DATES' }];
    const errors = [{ message: 'no', path: ['a', 0], extensions: { code: 'FORBIDDEN' } }];
    const { call } = answering({ data: { a: null }, errors, extensions: { guestAccess: { hidden } } });
    const request = requestOf();
    expect(await call('students', READ, request)).toEqual({ data: { a: null }, errors });
    expect(request.hidden).toEqual(hidden);
  });

  it.each<[string, string, Run]>([
    ['to a subgraph that fails', 'UNREACHABLE', () => Promise.reject(new Error('it broke'))],
    ['that are answered by nothing', 'INVALID_ANSWER', async () => ({})],
    ['that take too long', 'TIMEOUT', async () => sleep(500, { data: {} })],
    ['that are answered by too much', 'TOO_LARGE', async () => ({ data: { a: 'x'.repeat(1_000) } })],
    ['that are answered by too many bytes', 'TOO_LARGE', async () => ({ data: { a: '€'.repeat(400) } })],
  ])('%s have no answer, and are told of', async (_calls, code, run) => {
    const { call, failures } = calling(run, { ...LIMITS, timeoutMs: 50 });
    const { data, errors } = await call('students', READ, requestOf());
    expect([data, errors.map(({ message }) => message)]).toEqual([null, ['No answer.']]);
    expect(failures).toMatchObject([{ code }]);
  });

  it('to a subgraph that does not run here fail', async () => {
    const { call, failures } = answering({ data: {} });
    expect((await call('teaching', READ, requestOf())).data).toBeNull();
    expect(failures).toMatchObject([{ cause: { message: expect.stringContaining('does not run here') } }]);
  });

  it('end with the request’s deadline, and with its client, of whom nobody is told', async () => {
    const { call, failures } = calling(() => new Promise(() => undefined));
    const controller = new AbortController();
    const gone = call('students', READ, requestOf({ signal: controller.signal }));
    controller.abort();
    expect((await gone).errors).toHaveLength(1);
    await call('students', READ, requestOf({ signal: AbortSignal.abort() }));
    expect(failures).toEqual([]);
    await call('students', READ, requestOf({ signal: AbortSignal.timeout(10) }));
    expect(failures).toMatchObject([{ code: 'DEADLINE' }]);
  });

  it('leave nothing behind on the signal', async () => {
    const { call } = answering({ data: {} });
    const request = requestOf();
    const warnings: Error[] = [];
    const listen = (warning: Error) => void warnings.push(warning);
    process.on('warning', listen);
    for (let count = 0; count < 20; count++) await call('students', READ, request);
    await new Promise(setImmediate);
    process.off('warning', listen);
    expect(warnings).toEqual([]);
  });
});
