/** Another supergraph takes the place of the one that is served: whole, while requests run, or not at all. */
import { afterEach, describe, expect, it } from 'vitest';
import { type ConnectSubgraphs, createGraph, type Graph } from '../../gateway/graph.ts';
import { createGraphInUse } from '../../gateway/graph-in-use.ts';
import { type Asked, ask } from './any-supergraph/ask.ts';
import { startReloadable } from './reloadable-gateway.ts';
import { composed } from './small-graph.ts';

const graphOf = (subgraph: string, fields: string): string =>
  composed([{ name: subgraph, typeDefs: `type Query { ${fields} }`, resolvers: {} }]);

const FIRST = graphOf('first', 'value: Int onlyFirst: String');
const SECOND = graphOf('second', 'value: String onlySecond: String');

/** Each subgraph answers in a type that the other graph's schema does not have. */
const VALUES: Readonly<Record<string, unknown>> = { first: 1, second: 'two' };

type Call = ReturnType<ConnectSubgraphs>['call'];
const answering: Call = async (subgraph) => ({ data: { value: VALUES[subgraph] }, errors: [] });

const reported: unknown[] = [];
const reportError = (_id: string, error: unknown): void => void reported.push(error);

describe('a supergraph that changes', () => {
  afterEach(() => {
    reported.length = 0;
  });

  it('is served from then on', async () => {
    const { url, reload } = await startReloadable(FIRST, answering);
    expect((await ask(url, { query: '{ value }' })).data).toEqual({ value: 1 });
    await reload(SECOND);
    expect((await ask(url, { query: '{ value }' })).data).toEqual({ value: 'two' });
    expect((await ask(url, { query: '{ onlyFirst }' })).errors?.[0]?.extensions?.code).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
  });

  it('lets requests in flight finish on the one that they began with, and closes that afterwards', async () => {
    const called = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    const { url, reload, closed } = await startReloadable(FIRST, async (...call) => {
      called.resolve();
      await answer.promise;
      return answering(...call);
    });
    const inFlight = ask(url, { query: '{ value onlyFirst }' });
    await called.promise;
    await reload(SECOND);
    expect(closed).toEqual([]);
    answer.resolve();
    expect(await inFlight).toMatchObject({ data: { value: 1, onlyFirst: null } });
    await expect.poll(() => closed).toEqual(['first']);
  });

  it('never mixes two graphs, however often it changes while requests run', async () => {
    const { url, reload } = await startReloadable(FIRST, async (...call) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
      return answering(...call);
    });
    let isOver = false;
    const seen = new Set<string>();
    const client = async (asked: Asked) => {
      while (!isOver) {
        const { data, errors } = await ask(url, asked);
        seen.add(JSON.stringify({ data, errors }));
      }
    };
    const clients = Array.from({ length: 8 }, () => client({ query: '{ value }' }));
    for (let round = 0; round < 10; round++) {
      await reload(round % 2 === 0 ? SECOND : FIRST);
      await ask(url, { query: '{ value }' });
    }
    isOver = true;
    await Promise.all(clients);
    expect([...seen].sort()).toEqual(['{"data":{"value":"two"}}', '{"data":{"value":1}}']);
  });

  it.each([
    ['no GraphQL', 'type Query {', /does not parse at line 1, column 13/, []],
    ['a schema that was not composed', 'type Query { value: Int }', /a schema that was not composed/, []],
    ['half a supergraph', SECOND.slice(0, SECOND.indexOf('type Query')), /./, ['second']],
  ])('that is %s is refused with the reason, and the last good one is kept', async (_what, text, reason, opened) => {
    const { url, reload, closed } = await startReloadable(FIRST, answering);
    await expect(reload(text)).rejects.toThrow(reason);
    expect((await ask(url, { query: '{ value }' })).data).toEqual({ value: 1 });
    expect(closed).toEqual(opened);
  });

  it('that may not be served is refused, and the last good one is kept', async () => {
    const { url, reload } = await startReloadable(FIRST, answering, ({ subgraphs }) => {
      if (subgraphs.some(({ name }) => name === 'second')) throw new Error('not this one');
    });
    await expect(reload(SECOND)).rejects.toThrow('not this one');
    expect((await ask(url, { query: '{ value }' })).data).toEqual({ value: 1 });
  });

  it('twice at once ends as the one that was asked for last, however long the other took', async () => {
    const graphs = { first: await graphNamed('first'), slow: await graphNamed('slow'), fast: await graphNamed('fast') };
    const served: string[] = [];
    const inUse = createGraphInUse({
      first: graphs.first,
      async create(name) {
        await new Promise((resolve) => setTimeout(resolve, name === 'slow' ? 20 : 0));
        return graphs[name as keyof typeof graphs];
      },
      serve: ({ supergraph }) => void served.push(supergraph.subgraphs[0]?.name ?? ''),
      answered: async () => {},
      reportError,
    });
    await Promise.all([inUse.reload('slow'), inUse.reload('fast')]);
    expect(served).toEqual(['slow', 'fast']);
    expect(inUse.current()).toBe(graphs.fast);
  });

  it.each([
    ['is not closed', { answered: async () => {}, close: async () => Promise.reject(new Error('not closed')) }],
    ['is waited for in vain', { answered: async () => Promise.reject(new Error('not closed')), close: async () => {} }],
  ])('is served on where the one before %s, which is told to whoever runs it', async (_how, { answered, close }) => {
    const [first, other] = [{ ...(await graphNamed('first')), close }, await graphNamed('other')];
    const inUse = createGraphInUse({ first, create: async () => other, serve() {}, answered, reportError });
    await inUse.reload('other');
    await expect.poll(() => reported).toEqual([expect.objectContaining({ message: 'not closed' })]);
    expect(inUse.current()).toBe(other);
  });

  it('that the front does not take is closed again, and the last good one is kept', async () => {
    const [first, other] = [await graphNamed('first'), await graphNamed('other')];
    const closed: string[] = [];
    const inUse = createGraphInUse({
      first,
      create: async (name) => ({ ...other, close: async () => void closed.push(name) }),
      serve() {
        throw new Error('not taken');
      },
      answered: async () => {},
      reportError,
    });
    await expect(inUse.reload('other')).rejects.toThrow('not taken');
    expect(closed).toEqual(['other']);
    expect(inUse.current()).toBe(first);
  });
});

const graphNamed = (name: string): Promise<Graph> =>
  createGraph(graphOf(name, 'value: Int'), () => ({ call: answering, async close() {} }));
