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
