import { describe, expect, it } from 'vitest';
import { encodeId, newUuid } from './ids.ts';
import { connectionOf, pageOf } from './paging.ts';

describe('a page', () => {
  it('is of 20 where nothing is said, and begins at the start', () => {
    expect(pageOf('Student', {})).toEqual({ first: 20, after: null });
  });

  it.each([1, 100])('may be of %d', (first) => expect(pageOf('Student', { first }).first).toBe(first));

  it.each([0, -1, 101, 1.5, Number.NaN])('may not be of %d, and says what is', (first) => {
    expect(() => pageOf('Student', { first })).toThrow('"first" must be a whole number from 1 to 100.');
  });

  it('begins after a cursor', () => {
    const uuid = newUuid();
    expect(pageOf('Student', { after: encodeId('Student', uuid) })).toEqual({ first: 20, after: uuid });
  });

  it.each(['', 'x', encodeId('Course', newUuid())])('refuses %j as a cursor without repeating it', (after) => {
    expect(() => pageOf('Student', { after })).toThrow('"after" must be an endCursor that this list has given');
  });
});

describe('a connection', () => {
  const rows = [newUuid(), newUuid(), newUuid()].map((id) => ({ id }));

  it('knows by the row beyond whether there is more', () => {
    const { nodes, pageInfo } = connectionOf('Student', rows, { first: 2, after: null });
    expect(nodes).toEqual(rows.slice(0, 2));
    expect(pageInfo).toEqual({ hasNextPage: true, endCursor: encodeId('Student', rows[1]?.id ?? '') });
  });

  it('ends where the rows end', () => {
    expect(connectionOf('Student', rows, { first: 3, after: null }).pageInfo.hasNextPage).toBe(false);
    expect(connectionOf('Student', [], { first: 3, after: null })).toEqual({
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });
});
