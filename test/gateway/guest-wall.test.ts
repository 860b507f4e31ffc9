/** The first wall for writes to guests, over a graph small enough to break. */
import { describe, expect, it } from 'vitest';
import { guestSubgraphs, type SmallGuest, smallGuest } from './guest-graph.ts';
import { callerWith, smallGraph } from './small-graph.ts';

const caller = callerWith();
const WRITE = 'mutation ($id: ID!) { write(input: { guestProfileId: $id, arrangement: "own" }) }';

const graphOf = (...guests: SmallGuest[]) => smallGraph(guestSubgraphs(guests));

describe('the grants of a write', () => {
  it('that cannot be fetched are a fault, not a guest who is not there', async () => {
    const graph = await graphOf({ ...smallGuest('1', 'EDIT'), guestGrant: new Error('connection lost') });
    const { data, errors } = await graph.run(WRITE, { caller, variables: { id: '1' } });
    expect(data).toBeNull();
    expect(errors.map(({ path, extensions }) => ({ path, code: extensions.code }))).toEqual([
      { path: undefined, code: undefined },
    ]);
    expect(graph.asked.map(({ subgraph }) => subgraph)).toEqual(['teaching']);
  });

  it('for an id that nobody has are not found', async () => {
    const graph = await graphOf(smallGuest('1', 'EDIT'));
    const { errors } = await graph.run(WRITE, { caller, variables: { id: '2' } });
    expect(errors.map(({ message, extensions }) => ({ message, code: extensions.code }))).toEqual([
      { message: 'No guest profile has this id.', code: 'NOT_FOUND' },
    ]);
  });
});

describe('a write to a list of guests', () => {
  const WRITE_ALL = 'mutation ($ids: [ID!]) { writeAll(ids: $ids, arrangement: "own") }';
  const graph = graphOf(smallGuest('1', 'EDIT'), smallGuest('2', 'VIEW'), smallGuest('3', 'EDIT'));

  it('needs the grant of each', async () => {
    const { data, errors } = await (await graph).run(WRITE_ALL, { caller, variables: { ids: ['1', '2'] } });
    expect(data).toBeNull();
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      {
        code: 'GUEST_FIELD_VIEW_ONLY',
        fields: [{ field: 'arrangement', access: 'VIEW', reason: 'HOME_OWNED' }],
      },
    ]);
  });

  it('sends the grants of all along', async () => {
    const { asked, run } = await graph;
    expect(await run(WRITE_ALL, { caller, variables: { ids: ['1', '3'] } })).toEqual({
      data: { writeAll: true },
      errors: [],
    });
    expect(asked.at(-1)).toMatchObject({ subgraph: 'records', grants: ['grant of 1', 'grant of 3'] });
  });

  it('that is null or empty names nobody', async () => {
    const { asked, run } = await graph;
    for (const ids of [null, []]) {
      expect(await run(WRITE_ALL, { caller, variables: { ids } })).toEqual({ data: { writeAll: true }, errors: [] });
      expect(asked.at(-1)?.grants).toEqual([]);
    }
  });
});
