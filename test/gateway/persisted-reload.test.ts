/** Published operations while the supergraph and the lists change: known and prepared before they are asked for. */
import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../gateway/engine/engine.ts';
import type { ConnectSubgraphs } from '../../gateway/graph.ts';
import { createKnowOperation } from '../../gateway/operations/known-operation.ts';
import { sha256Of } from '../../gateway/operations/persisted/operation-id.ts';
import { holdsNoMore } from '../../gateway/operations/persisted/persisted-refusals.ts';
import { createPreparedOperations } from '../../gateway/operations/prepared-operations.ts';
import { DEFAULT_FRONT, type FrontSettings } from '../../gateway/policy/front-settings.ts';
import { DEFAULT_LIMITS } from '../../gateway/policy/limits/limits.ts';
import { createClientThrottles } from '../../gateway/policy/throttles/client-throttles.ts';
import { readGraph } from '../../gateway/read-graph.ts';
import { observeBrokenOperations } from '../../gateway/telemetry/broken-operations.ts';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { callerAs } from '../kit/callers.ts';
import { published, testLists } from '../kit/operation-lists.ts';
import { openSupergraph } from '../kit/supergraph.ts';
import { testTelemetry } from '../kit/telemetry.ts';
import { startReloadable } from './reloadable-gateway.ts';
import { composed } from './small-graph.ts';

const graphOf = (fields: string): string =>
  composed([{ name: 'first', typeDefs: `type Query { ${fields} }`, resolvers: {} }]);

const FIRST = graphOf('value: Int other: Int');
const SECOND = graphOf('value: Int other: Int more: Int');
const WITHOUT_OTHER = graphOf('value: Int');

const VALUE = 'query Value { value }';
const OTHER = 'query Other { other }';
const HOT = 'query Hot { value other }';

type Call = ReturnType<ConnectSubgraphs>['call'];
const answering: Call = async () => ({ data: { value: 1, other: 2 }, errors: [] });

const caller: Caller = { ...callerAs('TEACHER', '900001'), client: { name: 'web', version: '1' } };
const LISTS = { web: { mode: 'log-unknown', versions: { '1': [VALUE, OTHER] } } } as const;

const BROKEN = 'A published operation does not hold in the graph as it is served here; it is refused.';

async function start(settings: Partial<FrontSettings> = {}) {
  const lines: Record<string, unknown>[] = [];
  const telemetry = testTelemetry({
    logLevel: 'info',
    logTo: { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  });
  const lists = await testLists(LISTS);
  const parts = { authenticate: async () => caller, operationLists: lists, telemetry, settings };
  const gateway = await startReloadable(FIRST, answering, () => {}, parts);
  const ask = async (body: object) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
    const { data, errors } = (await response.json()) as { data?: object; errors?: { extensions: { code: string } }[] };
    return data ?? errors?.map(({ extensions }) => extensions.code);
  };
  const prepared = async () => {
    const found = /schoolgraph_operations_prepared_total\{cache_result="miss"\} (\d+)/.exec(
      await telemetry.metering.text(),
    );
    return Number(found?.[1] ?? 0);
  };
  const said = (message: string) => lines.filter((line) => line.message === message);
  const broken = async () =>
    [...(await telemetry.metering.text()).matchAll(/^schoolgraph_operations_broken(.*)$/gm)].map(
      ([, series]) => series,
    );
  return { ...gateway, lists, telemetry, ask, prepared, said, broken };
}

const byId = (text: string) => ({ documentId: sha256Of(text) });

describe('a supergraph that changes', () => {
  it('has prepared what it was asked for before it is served: the first requests afterwards prepare nothing', async () => {
    const { ask, reload, prepared } = await start();
    for (const asked of [byId(VALUE), { query: HOT }]) await ask(asked);
    expect(await prepared()).toBe(2);
    await reload(SECOND);
    // before anybody asked
    expect(await prepared()).toBe(4);
    expect([await ask(byId(VALUE)), await ask({ query: HOT })]).toEqual([{ value: 1 }, { value: 1, other: 2 }]);
    expect(await prepared()).toBe(4);
  });

  it('is served though published operations do not hold in it: those are refused, and told of before', async () => {
    const { ask, reload, said, broken } = await start();
    expect(await ask(byId(OTHER))).toEqual({ other: 2 });
    await reload(WITHOUT_OTHER);
    const code = 'GRAPHQL_VALIDATION_FAILED';
    expect(said(BROKEN)).toEqual([expect.objectContaining({ client: 'web', code, operationId: sha256Of(OTHER) })]);
    expect(await broken()).toEqual([`{client_name="web",error_code="${code}"} 1`]);
    expect([await ask(byId(OTHER)), await ask(byId(VALUE))]).toEqual([['GRAPHQL_VALIDATION_FAILED'], { value: 1 }]);
    await reload(FIRST);
    expect(await ask(byId(OTHER))).toEqual({ other: 2 });
    expect(await broken()).toEqual([]);
  });
});

describe('a list', () => {
  it('counts at once: what was taken away is refused and what is new runs, while others that are new are not read yet', async () => {
    const { lists, ask, said } = await start();
    expect(await ask(byId(VALUE))).toEqual({ value: 1 });
    const added = Array.from({ length: 2_000 }, (_, at) => `query Added${at} { value }`);
    await lists.set({ web: { mode: 'open', versions: { '1': [...added, 'query Broken { nothing }', OTHER] } } });
    const answers = [await ask(byId(VALUE)), await ask(byId(OTHER))];
    expect(said(BROKEN)).toEqual([]);
    expect(answers).toEqual([['PERSISTED_QUERY_NOT_IN_LIST'], { other: 2 }]);
    await expect.poll(() => said(BROKEN), { timeout: 20_000 }).toHaveLength(1);
  });

  it('may have been published by wider limits: what is over the gateway’s is told of when it is read, and refused', async () => {
    const limits = { ...DEFAULT_LIMITS, aliases: 2, cost: 50 };
    const { lists, ask, said, broken } = await start({ limits, limitMode: 'enforce' });
    const [long, dear] = ['query Long { a: value b: value c: value }', 'query Dear { __schema { description } }'];
    await lists.set({ web: { mode: 'open', versions: { '1': [VALUE, long, dear] } } });
    await expect.poll(() => said(BROKEN)).toHaveLength(2);
    expect(said(BROKEN)).toEqual([
      expect.objectContaining({ client: 'web', code: 'LIMIT_ALIASES', operationId: sha256Of(long) }),
      expect.objectContaining({ client: 'web', code: 'LIMIT_COST', operationId: sha256Of(dear) }),
    ]);
    expect(await broken()).toEqual([
      '{client_name="web",error_code="LIMIT_ALIASES"} 1',
      '{client_name="web",error_code="LIMIT_COST"} 1',
    ]);
    const answers = [await ask(byId(long)), await ask(byId(dear)), await ask(byId(VALUE))];
    expect(answers).toEqual([['LIMIT_ALIASES'], ['LIMIT_COST'], { value: 1 }]);
  });

  it('tells of what does not hold once, however often lists change', () => {
    const lines: string[] = [];
    const telemetry = testTelemetry({ logLevel: 'info', logTo: { write: (line) => void lines.push(line) } });
    const tell = observeBrokenOperations(telemetry);
    const [one, two] = ['One', 'Two'].map((name) => ({
      operation: published('web', name, `query ${name} { nothing }`),
      refusal: holdsNoMore(),
    }));
    if (!one || !two) throw new Error('The test has two.');
    for (const broken of [[one], [one, two], [], [two]]) tell(broken);
    expect(lines).toHaveLength(2);
  });

  it('has operations that are over a limit with some variables only: with others they run', async () => {
    const limits = { ...DEFAULT_LIMITS, cost: 50 };
    const { lists, ask, said } = await start({ limits, limitMode: 'enforce' });
    const text = 'query Maybe($more: Boolean = true) { value __schema @include(if: $more) { description } }';
    await lists.set({ web: { mode: 'open', versions: { '1': [text] } } });
    expect(said(BROKEN)).toEqual([]);
    const answers = [await ask(byId(text)), await ask({ ...byId(text), variables: { more: false } })];
    expect(answers).toEqual([['LIMIT_COST'], { value: 1 }]);
  });
});

describe('a thousand other texts', () => {
  it('do not push a published operation out of what is prepared', async () => {
    const supergraph = openSupergraph(FIRST);
    const { rules, admission } = readGraph(supergraph, DEFAULT_FRONT);
    let plans = 0;
    const engine: Engine<number> = {
      apiSdl: '',
      prepare: async () => ++plans,
      async execute() {
        throw new Error('This test runs nothing.');
      },
      async close() {},
    };
    const { apiSchema } = supergraph;
    const { preparedFor } = createPreparedOperations({
      ...{ apiSchema, rules, engine, authorisation: 'filter' },
      throttles: createClientThrottles(DEFAULT_FRONT.clientRates, () => 0)('measure'),
    });
    const know = createKnowOperation(admission);
    const knownOf = (text: string) => know('whole', text, parse(text), getOperationAST(parse(text)) ?? undefined, true);
    const own = { ...knownOf(VALUE), published: published('web', 'v', VALUE) };
    await preparedFor(caller, own, null);
    for (let index = 0; index < 1_100; index += 1)
      await preparedFor(caller, knownOf(`query Text${index} { value }`), null);
    expect(plans).toBe(1_101);
    await preparedFor(caller, own, null);
    expect(plans).toBe(1_101);
    // of texts the oldest is prepared again
    await preparedFor(caller, knownOf('query Text0 { value }'), null);
    expect(plans).toBe(1_102);
  });
});

describe('a text of a client that is told of unknown ones', () => {
  it('is counted each time and told once each time, by client and hash, and by nothing else', async () => {
    const { ask, said, telemetry } = await start();
    await ask({ query: VALUE });
    await ask({ query: 'query Value { value } # a comment' });
    expect(said('A text was run that is in no list of its client.')).toEqual([]);
    expect(await ask({ query: '{ value other }' })).toEqual({ value: 1, other: 2 });
    await ask({ query: '{\n  value\n  other\n}' });
    const told = said('A text was run that is in no list of its client.');
    expect(told).toHaveLength(2);
    expect(told[0]).toMatchObject({ client: 'web', operationHash: expect.stringMatching(/^[\da-f]{64}$/) });
    expect(told[1]?.operationHash).toBe(told[0]?.operationHash);
    expect(JSON.stringify(told)).not.toContain('value');
    expect(await telemetry.metering.text()).toContain('schoolgraph_operations_unknown_total{client_name="web"} 2');
  });
});
