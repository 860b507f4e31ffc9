/**
 * 1,000 new operations of one client at once, counted without a clock: how many are planned, how many wait, and that
 * nobody else waits for them. `npm run bench -- flood` measures it.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../gateway/engine/engine.ts';
import { createGraph } from '../../gateway/graph.ts';
import type { OperationResult } from '../../gateway/operations/complete-answer.ts';
import { createListOf } from '../../gateway/operations/persisted/lists.ts';
import { DEFAULT_FRONT } from '../../gateway/policy/front-settings.ts';
import { createClientThrottles } from '../../gateway/policy/throttles/client-throttles.ts';
import { PLANNING_TURNS } from '../../gateway/policy/throttles/planning-turns.ts';
import { callerAs } from '../kit/callers.ts';
import { testLists } from '../kit/operation-lists.ts';
import { UNTHROTTLED } from '../kit/unthrottled.ts';
import { composed } from './small-graph.ts';

const SUPERGRAPH = composed([{ name: 'one', typeDefs: 'type Query { value: Int }', resolvers: {} }]);
const PUBLISHED = 'query Published { value }';
const FLOOD = 1_000;

/** Plans when it is told to; each plan is the operation's name. */
function controlledEngine() {
  const planning = new Map<string, () => void>();
  const planned: string[] = [];
  let isFree = false;
  const engine: Engine<string> = {
    apiSdl: 'type Query { value: Int }',
    async prepare(document) {
      const name = getOperationAST(document)?.name?.value ?? '';
      planned.push(name);
      if (!isFree) await new Promise<void>((resolve) => planning.set(name, resolve));
      planning.delete(name);
      return name;
    },
    execute: async () => ({ data: { value: 1 }, errors: [] }),
    async close() {},
  };
  return {
    engine,
    planning,
    planned,
    /** From now on plans end by themselves. */
    free() {
      isFree = true;
      for (const end of [...planning.values()]) end();
    },
  };
}

async function floodedGraph() {
  const { engine, ...control } = controlledEngine();
  const graph = await createGraph(
    SUPERGRAPH,
    () => ({
      async call() {
        throw new Error('This engine calls no subgraph.');
      },
      async close() {},
    }),
    {
      createEngine: () => engine,
      settings: { ...DEFAULT_FRONT, limitMode: 'enforce', clientRates: UNTHROTTLED },
      // a piece in each turn of the event loop
      throttles: createClientThrottles(UNTHROTTLED, () => 0, { spareTime: () => nextTurn() }),
    },
  );
  const request = (name: string) => ({
    variables: {},
    caller: callerAs('DATA_LEAD', '900002', name),
    payer: { key: `person ${name}`, isSignedIn: true },
    signal: new AbortController().signal,
  });
  const lists = (await testLists({ web: { mode: 'open', versions: { '1.0.0': [PUBLISHED] } } })).lists();
  const listed = createListOf(lists)({
    ...callerAs('DATA_LEAD', '900002', 'una'),
    client: { name: 'web', version: null },
  });
  return {
    ...control,
    ask(who: string, source: string): Promise<OperationResult> {
      const document = parse(source);
      const operation = getOperationAST(document) ?? undefined;
      return graph.execute({ source, document, operation, ...request(who) });
    },
    async askPublished(who: string): Promise<OperationResult> {
      const [operation] = [...(lists.get('web')?.versions.get('1.0.0') ?? [])];
      const known = operation && graph.catalogue.known(operation);
      if (!known || listed.mode !== 'open') throw new Error('Expected the operation to hold.');
      return graph.run(known, request(who));
    },
  };
}

/** Until each text that waits has been looked at. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3 * PLANNING_TURNS.waiting; turn += 1) await nextTurn();
}
const codesOf = ({ errors }: OperationResult): unknown[] => errors.map(({ extensions }) => extensions.code);
const flooding = (index: number) => `query Flood${index} { value }`;

describe('a flood of new operations', () => {
  it('is planned a few at once, waits as far as there is room, and is refused beyond', async () => {
    const { ask, planning, planned, free } = await floodedGraph();
    const answers = Array.from({ length: FLOOD }, (_, index) => ask('flood', flooding(index)));
    await settled();
    expect(planning.size).toBe(PLANNING_TURNS.atOnce);
    free();
    const results = await Promise.all(answers);
    const refused = results.filter((result) => codesOf(result).length > 0);
    expect(refused).toHaveLength(FLOOD - 1 - PLANNING_TURNS.waiting);
    expect(new Set(refused.flatMap(codesOf))).toEqual(new Set(['LIMIT_PLANNING']));
    expect(planned).toHaveLength(1 + PLANNING_TURNS.waiting);
  });

  it('keeps nobody’s persisted operations waiting: not those that are planned, nor those that have to be', async () => {
    const { ask, askPublished, planning, free } = await floodedGraph();
    const answers = Array.from({ length: FLOOD }, (_, index) => ask('flood', flooding(index)));
    await settled();
    const first = askPublished('una');
    await settled();
    planning.get('Published')?.();
    expect((await first).data).toEqual({ value: 1 });
    for (let count = 0; count < 100; count += 1) expect((await askPublished('una')).data).toEqual({ value: 1 });
    expect([...planning.keys()].every((name) => name.startsWith('Flood'))).toBe(true);
    free();
    await Promise.all(answers);
  });

  it('keeps another client’s new operation waiting for one turn, not for all of them', async () => {
    const { ask, planning, planned, free } = await floodedGraph();
    const answers = Array.from({ length: FLOOD }, (_, index) => ask('flood', flooding(index)));
    const other = ask('una', 'query Other { value }');
    await settled();
    for (let turn = 0; turn < 2; turn += 1) {
      const [name] = planning.keys();
      planning.get(name ?? '')?.();
      await settled();
    }
    expect(planned.indexOf('Other')).toBeLessThan(PLANNING_TURNS.atOnce + 2);
    planning.get('Other')?.();
    expect((await other).data).toEqual({ value: 1 });
    free();
    await Promise.all(answers);
  });

  it('of one operation is planned once', async () => {
    const { ask, planned, free } = await floodedGraph();
    const answers = Array.from({ length: FLOOD }, (_, index) => ask(`client ${index % 2}`, flooding(0)));
    await settled();
    free();
    expect((await Promise.all(answers)).every(({ data }) => data?.value === 1)).toBe(true);
    expect(planned).toEqual(['Flood0']);
  });
});
