/** GraphQL over HTTP, as the suite of https://github.com/graphql/graphql-http audits any server. */
import { serverAudits } from 'graphql-http';
import { describe, expect, it } from 'vitest';
import { startGraph } from '../kit/graph.ts';

const { url } = await startGraph();

const audits = serverAudits({
  url: `${url}/graphql`,
  fetchFn: (input: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('apollo-require-preflight', '1');
    return fetch(input, { ...init, headers });
  },
});

describe('the audits of GraphQL over HTTP', () => {
  it('are 61', () => {
    expect(audits).toHaveLength(61);
  });

  it.each(audits.map((audit) => ({ audit, name: `${audit.id} ${audit.name}` })))('$name', async ({ audit }) => {
    const { status, ...result } = await audit.fn();
    expect(status, 'reason' in result ? result.reason : '').toBe('ok');
  });
});
