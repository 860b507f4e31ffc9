/** The kit's own lanes: that they are three, and that a difference between them is seen. */
import { ApolloServer } from '@apollo/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Answer, startGraph } from './graph.ts';
import { createLanes, type Door, LANES } from './lanes.ts';

const LEAD = 'data-lead@birchwood.example';

afterEach(() => vi.restoreAllMocks());

describe('what a test asks of the whole graph', () => {
  it('comes as a text that Apollo Server has to read, as one that it need not, and by id', async () => {
    const graph = await startGraph();
    const read = vi.spyOn(ApolloServer.prototype, 'executeHTTPGraphQLRequest');
    const sent = vi.spyOn(globalThis, 'fetch');
    const bodiesOf = async (text: string) => {
      sent.mockClear();
      read.mockClear();
      await graph.as(LEAD).query(text);
      const bodies = sent.mock.calls.map(([, init]) => Object.keys(JSON.parse(String(init?.body)) as object)[0]);
      return { bodies: bodies.sort(), read: read.mock.calls.length };
    };
    const VIEWER = '{ viewer { name } }';
    // the first time a text is made known, without being run
    expect(await bodiesOf(VIEWER)).toEqual({ bodies: ['documentId', 'query', 'query', 'query'], read: 2 });
    expect(await bodiesOf(VIEWER)).toEqual({ bodies: ['documentId', 'query', 'query'], read: 1 });
  });

  it('begins with each of them in turn', async () => {
    const came: string[] = [];
    const { query } = createLanes().through(doorThat(() => '{"data":{"a":1}}', came));
    for (const _ of LANES) await query('{ a }');
    expect(new Set([came[0], came[3], came[6]])).toEqual(new Set(LANES));
  });
});

/** Answers by the lane that a request came by, and says which came. */
function doorThat(answers: (lane: string) => string, came: string[] = []): Door {
  const answer = async (lane: string): Promise<Answer> => {
    came.push(lane);
    const text = answers(lane);
    return { status: 200, headers: new Headers(), text, body: JSON.parse(text) as Answer['body'] };
  };
  return {
    sendText: (query, _variables, headers) =>
      headers
        ? Promise.resolve({ status: 200, headers: new Headers(), text: '', body: {} })
        : answer(query.includes('#') ? 'as a new text' : 'as a known text'),
    sendId: () => answer('by id'),
    publish: () => 'an-id',
  };
}

describe('a graph that differs', () => {
  it.each(LANES)('%s is found, whatever is asked', async (odd) => {
    const { query } = createLanes().through(doorThat((lane) => `{"data":{"a":${lane === odd ? 1 : 2}}}`));
    await expect(query('{ a }')).rejects.toThrow('to deeply equal');
  });

  it.each(LANES)('%s in what it refuses to change is found', async (odd) => {
    const done = '{"data":{"a":{"userErrors":[]}}}';
    const refused = '{"data":{"a":{"userErrors":[{"code":"NOT_FOUND"}]}}}';
    const { query } = createLanes({ first: LANES.indexOf(odd) + 1 }).through(
      doorThat((lane) => (lane === odd ? done : refused)),
    );
    await expect(query('mutation { a { userErrors { code } } }')).rejects.toThrow('to deeply equal');
  });
});

describe('a change', () => {
  it('is made once', async () => {
    const came: string[] = [];
    const { query } = createLanes().through(doorThat(() => '{"data":{"a":{"userErrors":[]}}}', came));
    await query('mutation { a { userErrors { code } } }');
    expect(came).toHaveLength(1);
  });
});
